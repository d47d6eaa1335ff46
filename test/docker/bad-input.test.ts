/** Functions and layers that do harm in a container: the error is AWS's, and the next invocation works. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { runProgram } from '../kit/run-program.ts';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { type Files, zipOf } from '../kit/zip-of.ts';
import { startDockerDaemon, testImage } from './docker-daemon.ts';

const node = { Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20 } as const;
const writes = {
  'index.js': `const fs = require('node:fs');
exports.handler = async ({ file, size }) => {
  if (file !== undefined) fs.writeFileSync(file, Buffer.alloc(size, 1));
  return 'fine';
};`,
};

let daemon: TestDaemon;
before(async () => {
  daemon = await startDockerDaemon();
});
after(() => daemon[Symbol.asyncDispose]());

test('the code cannot be written, which is an error of the handler', async () => {
  const fn = await daemon.function({ ...node, code: writes });
  for (const file of ['/var/task/new', '/new', '/etc/new']) {
    const { payload } = await fn.invoke({ file, size: 1 });
    const { errorType, errorMessage } = payload as { errorType: string; errorMessage: string };
    assert.equal(errorType, 'Error');
    assert.match(errorMessage, /EROFS|EACCES/);
  }
  assert.equal((await fn.invoke({ file: '/tmp/new', size: 1 })).payload, 'fine');
});

test('a disk that is full is an error of the handler, and the next invocation works', async (t) => {
  const docker = (...args: string[]) => runProgram(['docker', '--host', testImage.host, 'volume', ...args]);
  const small = ['--opt', 'type=tmpfs', '--opt', 'device=tmpfs', '--opt', 'o=size=1m,mode=1777'];
  await docker('create', ...small, 'lambdad-test-small');
  t.after(() => docker('rm', 'lambdad-test-small'));
  await using full = await startDockerDaemon({ settings: { LAMBDA_DOCKER_FLAGS: '-v lambdad-test-small:/tmp' } });
  const fn = await full.function({ ...node, code: writes });
  const { payload, functionError } = await fn.invoke({ file: '/tmp/large', size: 3_000_000 });
  assert.equal(functionError, 'Unhandled');
  assert.match((payload as { errorMessage: string }).errorMessage, /ENOSPC/);
  assert.equal((await fn.invoke({})).payload, 'fine');
});

test('lack of memory has the type and the words that AWS gives it', async () => {
  const code = {
    'index.js':
      'exports.handler = async ({ grow }) => { const kept = []; while (grow) kept.push(Buffer.alloc(1e7, 1)); return 1; };',
  };
  const fn = await daemon.function({ ...node, MemorySize: 128, code });
  const { payload } = await fn.invoke({ grow: true });
  const { errorType, errorMessage } = payload as { errorType: string; errorMessage: string };
  assert.equal(errorType, 'Runtime.OutOfMemory');
  assert.match(errorMessage, /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/);
  assert.equal((await fn.invoke({})).payload, 1);
});

test('a layer may put a file where another has the folder /opt/bin, and hides it', async () => {
  const layer = async (name: string, files: Files): Promise<string> => {
    const command = new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile: await zipOf(files) } });
    return (await daemon.lambda.send(command)).LayerVersionArn ?? '';
  };
  const tools = await layer('tools', { 'bin/tool': '#!/bin/sh\necho tool\n', 'bin/node': '#!/bin/sh\nexit 9\n' });
  const hides = await layer('hides', { bin: 'not a folder' });
  const code = {
    'index.js': `const { execFileSync } = require('node:child_process');
exports.handler = async () => [
  (() => { try { return execFileSync('tool').toString(); } catch (error) { return error.code; } })(),
  require('node:fs').statSync('/opt/bin').isDirectory(),
];`,
  };
  const seen = async (...Layers: string[]): Promise<unknown> =>
    (await (await daemon.function({ ...node, code, Layers })).invoke()).payload;
  // A program of the layer's that is called like the runtime's does not take its place.
  assert.deepEqual(await seen(tools), ['tool\n', true]);
  assert.deepEqual(await seen(tools, hides), ['ENOTDIR', false]);
  assert.deepEqual(await seen(hides, tools), ['tool\n', true]);
});

test('what the Runtime API refuses is logged when that is asked for', async () => {
  const messages: string[] = [];
  const tell = (message: string): void => void messages.push(message);
  const logger = { debug: tell, info: tell, warn: tell, error: tell };
  const settings = { LAMBDA_DOCKER_FLAGS: '-e LOCALSTACK_INIT_LOG_LEVEL=debug' };
  await using told = await startDockerDaemon({ settings, logger });
  const code = {
    'index.js': `exports.handler = async () => {
  const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/';
  return (await fetch(base + 'invocation/other/response', { method: 'POST', body: '1' })).status;
};`,
  };
  const fn = await told.function({ ...node, code });
  assert.equal((await fn.invoke()).payload, 400);
  const lines = messages.filter((line) => line.startsWith(`Runtime API of ${fn.name}: `));
  const texts = lines.join('\n');
  assert.match(texts, /GET \/2018-06-01\/runtime\/invocation\/next was answered: 200/);
  assert.match(texts, /POST \/2018-06-01\/runtime\/invocation\/other\/response was refused: 400/);
});
