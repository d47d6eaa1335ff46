import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../kernel/clock.ts';
import { silentLogger } from '../kernel/logger.ts';
import { CloudLayers } from './cloud-layers.ts';
import type { OwnCredentials } from './own-credentials.ts';

const arn = 'arn:aws:lambda:us-east-1:017000801446:layer:Powertools-x86_64:7';
const archive = Buffer.from('an archive');
const sha256 = createHash('sha256').update(archive).digest();
const own: OwnCredentials = async () => ({ accessKeyId: 'AKIAI44QH2DHBK3WXYZA', secretAccessKey: 'secret' });

/** What stands for AWS: answers the question for the layer, and gives its archive. */
async function cloud(answer: { status?: number; body?: unknown; sha256?: string; archive?: Buffer } = {}) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/archive') return void response.end(answer.archive ?? archive);
    const Content = { Location: `${endpoint}/archive`, CodeSha256: answer.sha256 ?? sha256.toString('base64') };
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    return void response.end(JSON.stringify(answer.body ?? { Content }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory = await mkdtemp(join(tmpdir(), 'lambdad-layers-'));
  const layers = (credentials = own) =>
    new CloudLayers({
      directory,
      processId: process.pid,
      endpoint,
      credentials,
      longest: 1000,
      clock: systemClock,
      logger: silentLogger,
    });
  return {
    asked,
    directory,
    layers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

test('a layer is fetched once, also by several at a time and by later daemons without credentials', async () => {
  await using aws = await cloud();
  await using layers = aws.layers();
  for (const found of await Promise.all([layers.fetch(arn), layers.fetch(arn)])) {
    assert.deepEqual(found, { kind: 'found', archive });
  }
  assert.deepEqual(aws.asked, [`/2018-10-31/layers?Arn=${encodeURIComponent(arn)}&find=LayerVersion`, '/archive']);
  await using later = aws.layers(async () => undefined);
  assert.deepEqual(await later.fetch(arn), { kind: 'found', archive });
  assert.equal(aws.asked.length, 2);
});

test('what was damaged on disk is fetched again', async () => {
  await using aws = await cloud();
  await using layers = aws.layers();
  await layers.fetch(arn);
  const [folder = ''] = await readdir(aws.directory);
  const [file = ''] = await readdir(join(aws.directory, folder));
  await writeFile(join(aws.directory, folder, file), 'damaged');
  assert.deepEqual(await layers.fetch(arn), { kind: 'found', archive });
  assert.equal(aws.asked.length, 4);
});

test('without credentials nobody is asked, and the reason says what to do', async () => {
  await using aws = await cloud();
  await using layers = aws.layers(async () => undefined);
  const outcome = await layers.fetch(arn);
  assert.equal(outcome.kind, 'unreachable');
  assert.match(outcome.kind === 'unreachable' ? outcome.reason : '', /no AWS credentials.*AWS_PROFILE/);
  assert.deepEqual(aws.asked, []);
});

test("AWS's own refusals are handed on", async () => {
  const message = 'User: arn:aws:iam::1:user/a is not authorized to perform: lambda:GetLayerVersion';
  for (const [status, __type, kind] of [
    [403, 'AccessDeniedException', 'refused'],
    [404, 'ResourceNotFoundException', 'missing'],
    [403, 'UnrecognizedClientException', 'unreachable'],
  ] as const) {
    await using aws = await cloud({ status, body: { __type, message } });
    await using layers = aws.layers();
    const outcome = await layers.fetch(arn);
    assert.equal(outcome.kind, kind);
    if (outcome.kind === 'refused') assert.equal(outcome.message, message);
    if (outcome.kind === 'unreachable') assert.equal(outcome.reason, `UnrecognizedClientException: ${message}`);
    assert.deepEqual(await readdir(aws.directory), [], 'nothing is left of it');
  }
});

test('what is not what AWS has announced, or is too large, is not kept', async () => {
  for (const answer of [{ sha256: createHash('sha256').digest('base64') }, { archive: Buffer.alloc(2000) }]) {
    await using aws = await cloud(answer);
    await using layers = aws.layers();
    assert.equal((await layers.fetch(arn)).kind, 'unreachable');
    assert.deepEqual(await readdir(aws.directory), []);
  }
});

test('a daemon that stops gives up what is being fetched', async () => {
  await using aws = await cloud();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const layers = aws.layers(async () => {
    isAsked();
    return own();
  });
  const fetched = layers.fetch(arn);
  await asked;
  await layers[Symbol.asyncDispose]();
  assert.notEqual((await fetched).kind, 'missing');
});
