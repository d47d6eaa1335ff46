/** Layers through the real SDK: publishing, reading, listing, deleting, attaching. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import {
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  type LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  type PublishLayerVersionCommandInput,
  paginateListLayers,
  paginateListLayerVersions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { assertRefused, notFound, type Refusal } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string, account = '000000000000'): string => `arn:aws:lambda:us-east-1:${account}:layer:${name}`;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/;

suite('layers', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf({ 'python/util.py': 'answer = 42' });
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const publish = (name: string, more: Partial<PublishLayerVersionCommandInput> = {}, client = lambdad.lambda) =>
    client.send(new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile: archive }, ...more }));

  /** A client in an account of the test's own. */
  async function inAccount<T>(account: string, run: (client: LambdaClient) => Promise<T>): Promise<T> {
    const client = lambdad.client({ account });
    try {
      return await run(client);
    } finally {
      client.destroy();
    }
  }

  test('the reply to a publication has what was said, and no other member', async () => {
    const { $metadata, ...reply } = await publish('whole', {
      Description: 'All of it',
      CompatibleRuntimes: ['python3.13', 'nodejs24.x'],
      CompatibleArchitectures: ['arm64'],
      LicenseInfo: 'MIT',
    });
    assert.equal($metadata.httpStatusCode, 201);
    const { CreatedDate, Content, ...rest } = reply;
    assert.match(CreatedDate ?? '', isoTime);
    const { Location, ...content } = Content ?? {};
    assert.match(Location ?? '', /^http:/);
    assert.deepEqual(content, {
      CodeSha256: createHash('sha256').update(archive).digest('base64'),
      CodeSize: archive.length,
    });
    assert.deepEqual(rest, {
      LayerArn: arnOf('whole'),
      LayerVersionArn: `${arnOf('whole')}:1`,
      Description: 'All of it',
      Version: 1,
      CompatibleRuntimes: ['python3.13', 'nodejs24.x'],
      CompatibleArchitectures: ['arm64'],
      LicenseInfo: 'MIT',
    });
  });

  test('what was not said is left out on the wire, but for the description', async () => {
    const { status, json } = await apiRequest(lambdad.endpoint, {
      method: 'POST',
      path: '/2018-10-31/layers/least/versions',
      body: { Content: { ZipFile: archive.toString('base64') } },
    });
    assert.equal(status, 201);
    assert.deepEqual(
      Object.keys(json as object).sort(),
      'Content CreatedDate Description LayerArn LayerVersionArn Version'.split(' '),
    );
    assert.partialDeepStrictEqual(json, { Description: '' });
  });

  test('a version is read by number, by ARN and by the ARN of its layer, with a link to the very bytes', async () => {
    const { $metadata: _, ...published } = await publish('read');
    const reads = [
      new GetLayerVersionCommand({ LayerName: 'read', VersionNumber: 1 }),
      new GetLayerVersionCommand({ LayerName: arnOf('read'), VersionNumber: 1 }),
      new GetLayerVersionByArnCommand({ Arn: `${arnOf('read')}:1` }),
    ];
    for (const command of reads) {
      const { $metadata, ...reply } = await lambdad.lambda.send(command as GetLayerVersionCommand);
      assert.equal($metadata.httpStatusCode, 200);
      const link = new URL(reply.Content?.Location ?? '');
      assert.deepEqual(
        { ...reply, Content: { ...reply.Content, Location: '' } },
        { ...published, Content: { ...published.Content, Location: '' } },
      );
      const download = await lambdad.fetch(`${link.pathname}${link.search}`);
      assert.deepEqual(Buffer.from(await download.arrayBuffer()), archive);
    }
  });

  test('a deleted version is gone: 204 with an empty body, also a second time; its number is not given again', async () => {
    await publish('gone');
    const path = '/2018-10-31/layers/gone/versions/1';
    for (let times = 0; times < 2; times += 1) {
      const reply = await apiRequest(lambdad.endpoint, { method: 'DELETE', path });
      assert.deepEqual([reply.status, reply.text], [204, '']);
    }
    assertRefused(await apiRequest(lambdad.endpoint, { path }), notFound('The resource you requested does not exist.'));
    assert.equal((await publish('gone')).Version, 2);
  });

  test('a list shows each layer with its newest version, and no archive', async () => {
    await inAccount('000000000101', async (client) => {
      await publish('b', { CompatibleRuntimes: ['python3.13'] }, client);
      const newest = await publish('b', { Description: 'newest' }, client);
      await publish('a', { CompatibleArchitectures: ['x86_64'] }, client);
      const listed = (name: string, version: number) => ({
        LayerName: name,
        LayerArn: arnOf(name, '000000000101'),
        LatestMatchingVersion: { LayerVersionArn: `${arnOf(name, '000000000101')}:${version}`, Version: version },
      });
      const { Layers = [], NextMarker } = await client.send(new ListLayersCommand({}));
      assert.equal(NextMarker, undefined);
      assert.partialDeepStrictEqual(Layers, [listed('a', 1), listed('b', 2)]);
      assert.deepEqual(Layers[1], {
        ...listed('b', 2),
        LatestMatchingVersion: {
          ...listed('b', 2).LatestMatchingVersion,
          Description: 'newest',
          CreatedDate: newest.CreatedDate,
        },
      });
      const python = await client.send(new ListLayersCommand({ CompatibleRuntime: 'python3.13' }));
      assert.partialDeepStrictEqual(python.Layers, [listed('b', 1)]);
      assert.equal(python.Layers?.length, 1);
      const x86 = await client.send(new ListLayersCommand({ CompatibleArchitecture: 'x86_64' }));
      assert.deepEqual(
        x86.Layers?.map(({ LayerName }) => LayerName),
        ['a'],
      );
    });
  });

  test('versions are listed newest first; of a layer that is not there, none', async () => {
    await publish('several', { CompatibleRuntimes: ['python3.13'] });
    await publish('several', { CompatibleArchitectures: ['arm64'] });
    const versions = async (filter: object) => {
      const command = new ListLayerVersionsCommand({ LayerName: 'several', ...filter });
      return (await lambdad.lambda.send(command)).LayerVersions;
    };
    assert.deepEqual(
      (await versions({}))?.map(({ Version }) => Version),
      [2, 1],
    );
    assert.deepEqual(
      (await versions({ CompatibleRuntime: 'python3.13' }))?.map(({ Version }) => Version),
      [1],
    );
    const [second] = (await versions({ CompatibleArchitecture: 'arm64' })) ?? [];
    assert.deepEqual(
      { ...second, CreatedDate: '' },
      {
        LayerVersionArn: `${arnOf('several')}:2`,
        Version: 2,
        Description: '',
        CreatedDate: '',
        CompatibleArchitectures: ['arm64'],
      },
    );
    const none = await lambdad.lambda.send(new ListLayerVersionsCommand({ LayerName: 'never' }));
    assert.deepEqual([none.LayerVersions, none.NextMarker], [[], undefined]);
  });

  test('pages hold fifty layers and fifty versions at most, and the paginators see each once', async () => {
    await inAccount('000000000102', async (client) => {
      for (let n = 0; n < 52; n += 1) await publish(`l${String(n).padStart(2, '0')}`, {}, client);
      for (let n = 0; n < 52; n += 1) await publish('versions', {}, client);
      const layers: number[] = [];
      for await (const page of paginateListLayers({ client }, {})) layers.push(page.Layers?.length ?? 0);
      assert.deepEqual(layers, [50, 3]);
      const versions: number[][] = [];
      const paginator = paginateListLayerVersions({ client, pageSize: 30 }, { LayerName: 'versions' });
      for await (const page of paginator) versions.push((page.LayerVersions ?? []).map((v) => v.Version ?? 0));
      assert.deepEqual(
        versions.map((page) => page.length),
        [30, 22],
      );
      assert.deepEqual(
        versions.flat(),
        Array.from({ length: 52 }, (_, n) => 52 - n),
      );
    });
  });

  test('accounts and regions have layers of their own', async () => {
    await inAccount('000000000103', async (client) => {
      await publish('mine', {}, client);
      const elsewhere = lambdad.client({ account: '000000000103', region: 'eu-central-1' });
      assert.deepEqual((await elsewhere.send(new ListLayersCommand({}))).Layers, []);
      const there = await publish('mine', {}, elsewhere);
      assert.equal(there.LayerVersionArn, 'arn:aws:lambda:eu-central-1:000000000103:layer:mine:1');
      elsewhere.destroy();
    });
    const denied = (action: string, resource: string): Refusal => ({
      status: 403,
      code: 'AccessDeniedException',
      body: {
        Message: `User: arn:aws:iam::000000000000:root is not authorized to perform: lambda:${action} on resource: ${resource} because no resource-based policy allows the lambda:${action} action`,
      },
    });
    const arn = arnOf('mine', '000000000103');
    const version = `/2018-10-31/layers/${encodeURIComponent(arn)}/versions`;
    const ask = (method: string, path: string): Promise<ApiAnswer> => apiRequest(lambdad.endpoint, { method, path });
    assertRefused(await ask('GET', `${version}/1`), denied('GetLayerVersion', `${arn}:1`));
    assertRefused(await ask('GET', `${version}/9`), denied('GetLayerVersion', `${arn}:9`));
    assertRefused(await ask('DELETE', `${version}/1`), denied('DeleteLayerVersion', `${arn}:1`));
    assertRefused(await ask('GET', version), denied('ListLayerVersions', arn));
  });

  test('a function shows its layers with their sizes, keeps one that was deleted, and lets go of them', async () => {
    const [first, second] = [await publish('first'), await publish('second')];
    const arns = [second.LayerVersionArn ?? '', first.LayerVersionArn ?? ''];
    const expected = arns.map((Arn) => ({ Arn, CodeSize: archive.length }));
    const fn = await lambdad.function({ code: echo, Layers: arns });
    const shown = async () =>
      (await lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name }))).Layers;
    assert.deepEqual(await shown(), expected);
    await lambdad.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'first', VersionNumber: 1 }));
    assert.deepEqual(await shown(), expected);
    assert.deepEqual((await fn.invoke({ still: 'here' })).payload, { still: 'here' });
    await lambdad.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Layers: [] }));
    assert.equal(await shown(), undefined);
  });
});
