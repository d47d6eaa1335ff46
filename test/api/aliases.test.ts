/** The five operations on aliases, and what is invoked through one. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  InvokeCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  paginateListAliases,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { exchange } from '../kit/http-exchange.ts';
import { assertRefused, conflict, invalidParameter, notFound, validation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

suite('Aliases', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  /** A function with versions 1 and 2. */
  async function withVersions(options = {}): Promise<string> {
    const { name } = await lambdad.function({ code: echo, Publish: true, ...options });
    await lambdad.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: 'second' }));
    await waitUntilFunctionUpdatedV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: name }));
    return name;
  }
  const create = (FunctionName: string, FunctionVersion: string, more = {}) =>
    lambdad.lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion, ...more }));
  const request = (method: string, name: string, body?: object, alias = '') =>
    apiRequest(lambdad.endpoint, {
      method,
      path: `/2015-03-31/functions/${name}/aliases${alias && `/${alias}`}`,
      ...(body ? { body } : {}),
    });

  test('create, get, update and delete answer with exactly the members that AWS sends', async () => {
    const name = await withVersions();
    const { $metadata, ...created } = await create(name, '1', { Description: 'the first' });
    assert.equal($metadata.httpStatusCode, 201);
    assert.match(created.RevisionId ?? '', uuid);
    assert.deepEqual(created, {
      AliasArn: `${arnOf(name)}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: 'the first',
      RevisionId: created.RevisionId,
    });
    const wire = await request('GET', name, undefined, 'live');
    assert.deepEqual([wire.status, wire.json], [200, created]);
    const { $metadata: answered, ...updated } = await lambdad.lambda.send(
      new UpdateAliasCommand({
        FunctionName: name,
        Name: 'live',
        RevisionId: created.RevisionId,
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } },
      }),
    );
    assert.equal(answered.httpStatusCode, 200);
    assert.notEqual(updated.RevisionId, created.RevisionId);
    assert.deepEqual(updated, {
      ...created,
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } },
      RevisionId: updated.RevisionId,
    });
    const { $metadata: _, ...got } = await lambdad.lambda.send(
      new GetAliasCommand({ FunctionName: arnOf(name), Name: 'live' }),
    );
    assert.deepEqual(got, updated);
    for (let times = 0; times < 2; times += 1) {
      const gone = await request('DELETE', name, undefined, 'live');
      assert.deepEqual([gone.status, gone.text], [204, '']);
    }
    assertRefused(
      await request('GET', name, undefined, 'live'),
      notFound(`Cannot find alias arn: ${arnOf(name)}:live`),
    );
  });

  test('other RevisionIds, other names and what is taken are refused in the words of AWS', async () => {
    const name = await withVersions();
    await create(name, '1');
    assertRefused(
      await request('POST', name, { Name: 'live', FunctionVersion: '1' }),
      conflict(`Alias already exists: ${arnOf(name)}:live`),
    );
    assertRefused(
      await request('PUT', name, { FunctionVersion: '1' }, 'dead'),
      notFound(`Alias not found: ${arnOf(name)}:dead`),
    );
    assertRefused(await request('PUT', name, { RevisionId: 'another' }, 'live'), {
      status: 412,
      code: 'PreconditionFailedException',
      body: {
        Type: 'User',
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      },
    });
    assertRefused(
      await request('POST', name, { Name: 'next', FunctionVersion: '7' }),
      notFound(`Function not found: ${arnOf(name)}:7`),
    );
    assertRefused(
      await request('POST', 'nobody', { Name: 'next', FunctionVersion: '1' }),
      notFound(`Function not found: ${arnOf('nobody')}:1`),
    );
    assertRefused(await request('GET', 'nobody'), notFound(`Function not found: ${arnOf('nobody')}`));
    assertRefused(
      await request('POST', name, { Name: '2024', FunctionVersion: '1' }),
      validation(
        "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
      ),
    );
  });

  test('a routing that AWS does not allow is refused in its words', async () => {
    const name = await withVersions();
    const routed = (FunctionVersion: string, AdditionalVersionWeights: object) =>
      request('POST', name, { Name: 'live', FunctionVersion, RoutingConfig: { AdditionalVersionWeights } });
    const at = "at 'routingConfig.additionalVersionWeights' failed to satisfy constraint:";
    assertRefused(
      await routed('1', { 1: 0.1, 2: 0.2 }),
      invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1'),
    );
    assertRefused(
      await routed('1', { 1: 0.1 }),
      invalidParameter('Invalid function version 1. Function version 1 is already included in routing configuration.'),
    );
    assertRefused(
      await routed('$LATEST', { 1: 0.1 }),
      invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version'),
    );
    assertRefused(
      await routed('1', { 2: 2 }),
      validation(
        `1 validation error detected: Value '{2=2.0}' ${at} Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
      ),
    );
    assertRefused(
      await routed('1', { $LATEST: 0.5 }),
      validation(
        `1 validation error detected: Value '{$LATEST=0.5}' ${at} Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]`,
      ),
    );
    assertRefused(await routed('1', { 9: 0.5 }), notFound(`Function not found: ${arnOf(name)}:9`));
    assert.deepEqual((await request('GET', name)).json, { Aliases: [] });
  });

  test('aliases are listed fifty to a page, in order, with a marker that says nothing', async () => {
    const name = await withVersions();
    for (let n = 0; n < 52; n += 1)
      await create(name, n === 51 ? '2' : '1', { Name: `a${String(n).padStart(2, '0')}` });
    const first = await lambdad.lambda.send(new ListAliasesCommand({ FunctionName: name }));
    assert.equal(first.Aliases?.length, 50);
    assert.doesNotMatch(first.NextMarker ?? '', /a\d\d/);
    const rest = await lambdad.lambda.send(new ListAliasesCommand({ FunctionName: name, Marker: first.NextMarker }));
    assert.deepEqual([rest.Aliases?.map((alias) => alias.Name), rest.NextMarker], [['a50', 'a51'], undefined]);
    const seen: (string | undefined)[] = [];
    for await (const page of paginateListAliases({ client: lambdad.lambda, pageSize: 9 }, { FunctionName: name })) {
      seen.push(...(page.Aliases ?? []).map((alias) => alias.Name));
    }
    assert.deepEqual([seen.length, seen[0], seen[51]], [52, 'a00', 'a51']);
    const second = await lambdad.lambda.send(new ListAliasesCommand({ FunctionName: name, FunctionVersion: '2' }));
    assert.deepEqual(
      second.Aliases?.map((alias) => alias.Name),
      ['a51'],
    );
  });

  test('aliases of other accounts and regions are answered as AWS does', async () => {
    const name = await withVersions();
    await create(name, '1');
    const path = `/2015-03-31/functions/${encodeURIComponent(arnOf(name))}/aliases/live`;
    assertRefused(
      await apiRequest(lambdad.endpoint, { path, region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
    const stranger = await apiRequest(lambdad.endpoint, { path, account: '111122223333' });
    assert.deepEqual([stranger.status, stranger.errorType], [403, 'AccessDeniedException']);
    const there = await apiRequest(lambdad.endpoint, {
      path: `/2015-03-31/functions/${name}/aliases/live`,
      account: '111122223333',
    });
    assert.equal(there.status, 404);
  });

  test('through an alias its version is read and runs, and the handler sees the alias', async () => {
    const name = await withVersions({
      code: { 'index.js': 'exports.handler = async (_, c) => c.invokedFunctionArn;' },
    });
    await create(name, '1');
    const { Configuration } = await lambdad.lambda.send(
      new GetFunctionCommand({ FunctionName: name, Qualifier: 'live' }),
    );
    assert.deepEqual([Configuration?.Version, Configuration?.FunctionArn], ['1', `${arnOf(name)}:live`]);
    const invoke = async (input: object) => {
      const output = await lambdad.lambda.send(new InvokeCommand({ FunctionName: name, ...input }));
      return [output.ExecutedVersion, JSON.parse(output.Payload?.transformToString() ?? '')];
    };
    assert.deepEqual(await invoke({ Qualifier: 'live' }), ['1', `${arnOf(name)}:live`]);
    const routeAll = { AdditionalVersionWeights: { 2: 1 } };
    await lambdad.lambda.send(new UpdateAliasCommand({ FunctionName: name, Name: 'live', RoutingConfig: routeAll }));
    assert.deepEqual(await invoke({ FunctionName: `${name}:live` }), ['2', `${arnOf(name)}:live`]);
    assert.deepEqual(await invoke({}), ['$LATEST', arnOf(name)]);
  });

  test('a version cannot be deleted while an alias names it, and aliases not through their function', async () => {
    const name = await withVersions();
    await create(name, '1', { RoutingConfig: { AdditionalVersionWeights: { 2: 0 } } });
    const remove = (qualifier: string) =>
      apiRequest(lambdad.endpoint, { method: 'DELETE', path: `/2015-03-31/functions/${name}?Qualifier=${qualifier}` });
    const text = 'Unable to delete version because the following aliases reference it: [live]';
    assertRefused(await remove('1'), conflict(text));
    assertRefused(await remove('2'), conflict(text));
    assertRefused(await remove('live'), invalidParameter('Deletion of aliases is not currently supported.'));
    await lambdad.lambda.send(new DeleteAliasCommand({ FunctionName: name, Name: 'live' }));
    assert.equal((await remove('1')).status, 204);
    await create(name, '2');
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    assertRefused(
      await request('GET', name, undefined, 'live'),
      notFound(`Cannot find alias arn: ${arnOf(name)}:live`),
    );
  });

  test('the URL of an alias serves its version, and is forbidden once the alias is gone', async () => {
    const name = await withVersions({ Tags: { _custom_id_: 'shop' } });
    const url = { FunctionName: name, Qualifier: 'live', AuthType: 'NONE' } as const;
    const refusal = notFound('Function does not exist');
    const path = `/2021-10-31/functions/${name}/url?Qualifier=live`;
    assertRefused(await apiRequest(lambdad.endpoint, { method: 'POST', path, body: { AuthType: 'NONE' } }), refusal);
    await create(name, '1');
    const { FunctionUrl = '', FunctionArn } = await lambdad.lambda.send(new CreateFunctionUrlConfigCommand(url));
    const { host } = new URL(FunctionUrl);
    assert.deepEqual([host.split('.')[0], FunctionArn], ['shop-live', `${arnOf(name)}:live`]);
    const call = () => exchange(`127.0.0.1:${lambdad.port}`, { headers: { host } });
    assert.equal((await call()).status, 200);
    await lambdad.lambda.send(new DeleteAliasCommand({ FunctionName: name, Name: 'live' }));
    assert.equal((await apiRequest(lambdad.endpoint, { path })).status, 200, 'its configuration is still there');
    const gone = await call();
    assert.deepEqual(
      [gone.status, JSON.parse(gone.body)],
      [
        403,
        {
          Message:
            'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
        },
      ],
    );
  });
});
