/** Functions in containers, run by AWS's own runtime interface clients. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';
import { containerOf, containersOf, startDockerDaemon, testImage } from './docker-daemon.ts';

let daemon: TestDaemon;
before(async () => {
  daemon = await startDockerDaemon();
});
after(() => daemon[Symbol.asyncDispose]());

const node = { Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20 } as const;
const python = { Runtime: 'python3.11', Handler: 'app.handler', MemorySize: 256, Timeout: 20 } as const;

test('a Node.js function stays warm in its container, and its output is its log', async () => {
  const code = {
    'index.js': 'let n = 0; exports.handler = async (e) => { console.log("seen", e.name); return ++n; };',
  };
  const fn = await daemon.function({ ...node, code });
  const first = await fn.invoke({ name: 'one' }, { LogType: 'Tail' });
  const second = await fn.invoke({ name: 'two' }, { LogType: 'Tail' });
  assert.deepEqual([first.payload, second.payload], [1, 2]);
  assert.match(first.log, /INFO\tseen one\n.*REPORT .*Max Memory Used: \d+ MB\tInit Duration: /s);
  assert.match(second.log, /INFO\tseen two\n/);
  assert.doesNotMatch(second.log, /one|Init Duration/);
  const { State } = await testImage.engine.container(await containerOf(fn.name));
  assert.equal(State.Running, true);
});

test('a Python function runs beside it', async () => {
  const code = {
    'app.py': 'import os\ndef handler(event, context):\n  return [event, context.function_name, os.getcwd()]',
  };
  const fn = await daemon.function({ ...python, code });
  assert.deepEqual((await fn.invoke({ a: 'ü' })).payload, [{ a: 'ü' }, fn.name, '/var/task']);
});

test('an error of the handler has the shape that the client gives it', async () => {
  const javascript = await daemon.function({
    ...node,
    code: { 'index.js': 'exports.handler = async () => { throw new RangeError("too far"); };' },
  });
  const snake = await daemon.function({
    ...python,
    code: { 'app.py': 'def handler(e, c):\n  raise ValueError("no")' },
  });
  const [one, other] = [await javascript.invoke(), await snake.invoke()];
  assert.deepEqual([one.functionError, other.functionError], ['Unhandled', 'Unhandled']);
  const { trace, ...thrown } = one.payload as { trace: string[] };
  assert.deepEqual(thrown, { errorType: 'RangeError', errorMessage: 'too far' });
  assert.match(trace.join('\n'), /at .*\/var\/task\/index\.js:1/);
  const { errorType, errorMessage } = other.payload as { errorType: string; errorMessage: string };
  assert.deepEqual([errorType, errorMessage], ['ValueError', 'no']);
});

test('a handler that is not there is an error of the init phase', async () => {
  const fn = await daemon.function({ ...node, code: { 'index.js': 'exports.other = 1;' } });
  const { payload, functionError } = await fn.invoke();
  assert.equal(functionError, 'Unhandled');
  assert.equal((payload as { errorType: string }).errorType, 'Runtime.HandlerNotFound');
});

test('a time-out keeps /tmp and the container, and starts the code anew', async () => {
  const code = {
    'index.js': `const fs = require('node:fs');
let n = 0;
exports.handler = async ({ sleep }) => {
  n += 1;
  if (sleep) {
    fs.writeFileSync('/tmp/mark', 'here');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  return { n, mark: fs.existsSync('/tmp/mark') };
};`,
  };
  const fn = await daemon.function({ ...node, Timeout: 2, code });
  await fn.invoke({});
  const container = await containerOf(fn.name);
  const late = await fn.invoke({ sleep: true });
  assert.equal((late.payload as { errorType: string }).errorType, 'Sandbox.Timedout');
  assert.deepEqual((await fn.invoke({})).payload, { n: 1, mark: true });
  assert.equal(await containerOf(fn.name), container);
});

test('a function that takes more memory than it has is killed, and the next invocation works', async () => {
  const code = {
    'index.js': `exports.handler = async ({ grow }) => {
  const kept = [];
  while (grow) kept.push(Buffer.alloc(10_000_000, 1));
  return 'fine';
};`,
  };
  const fn = await daemon.function({ ...node, MemorySize: 128, code });
  const { payload, functionError, log } = await fn.invoke({ grow: true }, { LogType: 'Tail' });
  assert.equal(functionError, 'Unhandled');
  assert.match((payload as { errorMessage: string }).errorMessage, /signal: killed/);
  assert.match(log, /Max Memory Used: 128 MB/);
  assert.equal((await fn.invoke({})).payload, 'fine');
});

test('layers are at /opt, the later over the earlier', async () => {
  const layer = async (name: string, text: string): Promise<string> => {
    const files = { [`${name}.txt`]: text, 'both.txt': text };
    const command = new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile: await zipOf(files) } });
    return (await daemon.lambda.send(command)).LayerVersionArn ?? '';
  };
  const code = {
    'index.js': `const fs = require('node:fs');
exports.handler = async () => fs.readdirSync('/opt').sort().map((name) => [name, fs.readFileSync('/opt/' + name, 'utf8')]);`,
  };
  const fn = await daemon.function({ ...node, code, Layers: [await layer('one', '1'), await layer('two', '2')] });
  assert.deepEqual((await fn.invoke()).payload, [
    ['both.txt', '2'],
    ['one.txt', '1'],
    ['two.txt', '2'],
  ]);
});

test('a custom runtime brings its own program', async () => {
  const code = {
    bootstrap: `#!/bin/sh
exec /var/lang/bin/node -e '
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  for (;;) {
    const next = await fetch(api + "next");
    const id = next.headers.get("lambda-runtime-aws-request-id");
    await fetch(api + id + "/response", { method: "POST", body: (await next.text()).toUpperCase() });
  }
})();'`,
  };
  const fn = await daemon.function({ ...node, Runtime: 'provided.al2023', code });
  assert.deepEqual((await fn.invoke({ a: 'b' })).payload, { A: 'B' });
  const empty = await daemon.function({ ...node, Runtime: 'provided.al2023', code: { other: '' } });
  assert.equal(((await empty.invoke()).payload as { errorType: string }).errorType, 'Runtime.InvalidEntrypoint');
});

test('a function reaches the daemon under AWS_ENDPOINT_URL, and only its own Runtime API', async () => {
  const code = {
    'index.js': `exports.handler = async ({ other }) => {
  const health = await fetch(process.env.AWS_ENDPOINT_URL + '/_localstack/health');
  const foreign = other && (await fetch('http://' + other + '/2018-06-01/runtime/invocation/next').catch(() => 'refused'));
  return { health: health.status, foreign, api: process.env.AWS_LAMBDA_RUNTIME_API };
};`,
  };
  const [one, two] = [await daemon.function({ ...node, code }), await daemon.function({ ...node, code })];
  const { payload } = await one.invoke();
  const other = (payload as { api: string }).api;
  assert.equal((payload as { health: number }).health, 200);
  assert.equal(((await two.invoke({ other })).payload as { foreign: unknown }).foreign, 'refused');
});

test('concurrent invocations have containers of their own, which a deletion removes', async () => {
  const code = { 'index.js': 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 1000, 1));' };
  const fn = await daemon.function({ ...node, code });
  await Promise.all([fn.invoke(), fn.invoke(), fn.invoke()]);
  assert.equal((await containersOf(fn.name)).length, 3);
});
