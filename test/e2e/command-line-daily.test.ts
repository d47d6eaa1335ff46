/** The commands that one has open all day, with the real program against a daemon: invoke in all its forms, ps, logs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DaemonProcess } from '../kit/daemon-process.ts';
import { type ProgramRun, runProgram } from '../kit/run-program.ts';
import { TestFunction } from '../kit/test-function.ts';

/** What a user's shell finds: the bundle where it was built, else the source. */
const bin = fileURLToPath(new URL('../../bin/lambdad.mjs', import.meta.url));

const code = {
  'index.js': `exports.echo = async (event) => { console.log('seen ' + JSON.stringify(event)); return event; };
    exports.stream = awslambda.streamifyResponse(async ({ fail, hold }, out) => {
      out.write('one ');
      if (fail) throw new Error('broken off');
      if (hold) await fetch(hold);
      out.write('two');
      out.end();
    });`,
};

let daemon: DaemonProcess;
let client: LambdaClient;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambdad-daily-'));
  daemon = await DaemonProcess.start();
  client = new LambdaClient({
    endpoint: daemon.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await TestFunction.create(client, { FunctionName: 'echo', Handler: 'index.echo', code });
  await TestFunction.create(client, { FunctionName: 'stream', Handler: 'index.stream', code });
});
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({ AWS_ENDPOINT_URL: daemon.endpoint });
const run = (...args: readonly string[]): Promise<ProgramRun> =>
  runProgram([process.execPath, bin, ...args], { env: environment() });
const shell = (command: string): Promise<ProgramRun> =>
  runProgram(['sh', '-c', command], {
    env: { ...environment(), LAMBDAD: `${process.execPath} ${bin}`, FOLDER: folder },
  });

test('the payload comes from an argument, a file, a pipe or a redirection', async () => {
  await writeFile(join(folder, 'event.json'), '{"from":"file"}');
  const answers = await Promise.all([
    run('invoke', 'echo', '{"from":"argument"}'),
    run('invoke', 'echo', `@${join(folder, 'event.json')}`),
    run('invoke', 'echo', '--file', join(folder, 'event.json')),
    shell(`echo '{"from":"pipe"}' | $LAMBDAD invoke echo`),
    shell('$LAMBDAD invoke echo - < $FOLDER/event.json'),
    shell('$LAMBDAD invoke echo < /dev/null'),
  ]);
  assert.deepEqual(
    answers.map(({ code, stdout, stderr }) => [code, stdout, stderr]),
    ['{"from":"argument"}', '{"from":"file"}', '{"from":"file"}', '{"from":"pipe"}', '{"from":"file"}', '{}'].map(
      (payload) => [0, `${payload}\n`, ''],
    ),
  );
});

test('--stream prints what is there before the rest is', async () => {
  // The function holds its second half back until this has been called.
  const { createServer } = await import('node:http');
  const held = Promise.withResolvers<void>();
  const gate = createServer((_request, response) => void held.promise.then(() => response.end()));
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  const address = gate.address();
  const hold = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const child = spawn(process.execPath, [bin, 'invoke', 'stream', JSON.stringify({ hold }), '--stream', '--tail'], {
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  const closed = once(child, 'close');
  while (stdout === '') await once(child.stdout, 'data');
  assert.equal(stdout, 'one ');
  held.resolve();
  await closed;
  gate.close();
  assert.deepEqual([stdout, child.exitCode], ['one two', 0]);
  assert.match(stderr, /START RequestId: .*END RequestId: .*REPORT /s);
});

test('--stream ends with exit code 1 when the function fails, before the stream or in its middle', async () => {
  const failed = await run('invoke', 'stream', '{"fail":true}', '--stream');
  assert.deepEqual([failed.code, failed.stdout], [1, 'one ']);
  assert.match(failed.stderr, /the function failed.*broken off/s);
  const absent = await run('invoke', 'absent', '--stream');
  assert.deepEqual([absent.code, absent.stdout], [1, '']);
  assert.match(absent.stderr, /ResourceNotFoundException: Function not found/);
});

test('--event prints the request id under which the event runs', async () => {
  const { code, stdout } = await run('invoke', 'echo', '{"later":1}', '--event');
  assert.equal(code, 0);
  const requestId = stdout.trim();
  assert.match(requestId, /^[0-9a-f-]{36}$/);
  let text = '';
  while (!text.includes(`END RequestId: ${requestId}`)) {
    text = await (await fetch(`${daemon.endpoint}/_lambdad/logs?function=echo`)).text();
  }
  assert.match(text, /seen \{\\"later\\":1\}|seen \{.*later/);
});

test('ps shows what is warm, and what a function costs', async () => {
  await run('invoke', 'echo');
  const { stdout } = await run('ps', 'echo');
  assert.match(stdout, /^FUNCTION .*\necho:\$LATEST +\w+ +\d+ s +\d+\/128 MB +\d+ +host +pid \d+ +[0-9a-f]{12}\n/);
  const { environments } = JSON.parse((await run('ps', '--json')).stdout) as { environments: { id: string }[] };
  assert.ok(environments.every(({ id }) => /^[0-9a-f]{32}$/.test(id)));
});

test('logs --follow goes on over a restart of the daemon', async () => {
  const port = daemon.port;
  const child = spawn(process.execPath, [bin, 'logs', 'echo', '--follow'], {
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const changed = new EventTarget();
  const note = (): void => void changed.dispatchEvent(new Event('change'));
  child.stdout.setEncoding('utf8').on('data', (part: string) => ((stdout += part), note()));
  child.stderr.setEncoding('utf8').on('data', (part: string) => ((stderr += part), note()));
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => changed.addEventListener('change', resolve, { once: true }));
  };
  await run('invoke', 'echo', '{"before":1}');
  await until(() => stdout.includes('before'));
  await daemon[Symbol.asyncDispose]();
  await until(() => stderr.includes('the daemon is gone'));
  daemon = await DaemonProcess.start({ GATEWAY_LISTEN: `127.0.0.1:${port}` });
  await until(() => stderr.includes('the daemon is back'));
  await TestFunction.create(client, { FunctionName: 'echo', Handler: 'index.echo', code });
  await run('invoke', 'echo', '{"after":1}');
  await until(() => stdout.includes('after'));
  const closed = once(child, 'close');
  child.kill('SIGINT');
  await closed;
  assert.equal(child.exitCode, 0);
});
