/** The commands of `lambdad` against a daemon that runs, and how that daemon starts, refuses to start and stops. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DaemonProcess, mainProgram } from '../kit/daemon-process.ts';
import { type ProgramRun, runProgram } from '../kit/run-program.ts';
import { TestFunction } from '../kit/test-function.ts';

const greeting = {
  'index.js': `exports.handler = async ({ name, fail }) => {
    if (fail) throw new Error('as asked');
    console.log('greeting ' + name);
    return 'Hello ' + name;
  };`,
};

const lambdad = (args: readonly string[], env: Record<string, string> = {}, input?: string): Promise<ProgramRun> =>
  runProgram([process.execPath, mainProgram, ...args], { env, ...(input === undefined ? {} : { input }) });

const clientOf = (daemon: DaemonProcess): LambdaClient =>
  new LambdaClient({
    endpoint: daemon.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

suite('Commands against a running daemon', () => {
  let daemon: DaemonProcess;
  let client: LambdaClient;
  before(async () => {
    daemon = await DaemonProcess.start();
    client = clientOf(daemon);
    await TestFunction.create(client, { FunctionName: 'greet', code: greeting });
  });
  after(async () => {
    client.destroy();
    await daemon[Symbol.asyncDispose]();
  });

  const run = (args: readonly string[], input?: string): Promise<ProgramRun> =>
    lambdad(args, { AWS_ENDPOINT_URL: daemon.endpoint }, input);
  const json = (answer: ProgramRun): unknown => {
    assert.equal(answer.code, 0, answer.stderr);
    return JSON.parse(answer.stdout);
  };

  test('start says where it listens and how functions are isolated', () => {
    assert.match(daemon.stdout, /^lambdad \S+ is ready on http:\/\/127\.0\.0\.1:\d+ \(functions run in: .+\)\n$/);
    assert.equal(daemon.stderr, '');
  });

  test('invoke prints the answer, and with --tail the log beside it', async () => {
    const plain = await run(['invoke', 'greet', '{"name": "you"}']);
    assert.deepEqual([plain.code, plain.stdout, plain.stderr], [0, '"Hello you"\n', '']);
    const tailed = await run(['invoke', 'greet', '-', '--tail'], '{"name": "pipe"}');
    assert.equal(tailed.stdout, '"Hello pipe"\n');
    assert.match(tailed.stderr, /START RequestId: .*greeting pipe\nEND RequestId: .*REPORT /s);
  });

  test('invoke fails when the function does, or when there is none', async () => {
    const failed = await run(['invoke', 'greet', '{"fail": true}']);
    assert.deepEqual([failed.code, failed.stdout], [1, '']);
    assert.match(failed.stderr, /Error.*as asked/s);
    const absent = await run(['invoke', 'absent']);
    assert.equal(absent.code, 1);
    assert.match(absent.stderr, /Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent/);
  });

  test('invoke --json is one object for scripts', async () => {
    const answer = json(await run(['invoke', 'greet', '{"name": "script"}', '--json']));
    assert.partialDeepStrictEqual(answer, { payload: 'Hello script' });
  });

  test('status shows the function and its warm environment', async () => {
    await run(['invoke', 'greet', '{"name": "warm"}']);
    const status = json(await run(['status', '--json']));
    assert.partialDeepStrictEqual(status, { functions: 1, executor: 'host', environments: [{ version: '$LATEST' }] });
    const text = await run(['status']);
    assert.match(text.stdout, /FUNCTION +VERSION +STATE +IDLE +INVOCATIONS\n/);
    assert.match(text.stdout, /greet +\$LATEST/);
  });

  test('logs shows what functions wrote, of one function or as JSON', async () => {
    await run(['invoke', 'greet', '{"name": "logged"}']);
    assert.match((await run(['logs', 'greet'])).stdout, /greet .*greeting logged\n/);
    assert.equal((await run(['logs', 'another'])).stdout, '');
    const lines = (await run(['logs', '--json'])).stdout.trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.ok(events.every(({ logGroup }) => logGroup === '/aws/lambda/greet'));
    assert.ok(events.some(({ message }) => String(message).startsWith('REPORT RequestId: ')));
  });

  test('config shows what is in force and where it comes from', async () => {
    const answer = await lambdad(['config', '--json'], { LAMBDA_KEEPALIVE_MS: '5000' });
    const { settings } = json(answer) as { settings: { name: string; value: string; setBy?: string }[] };
    const keepAlive = settings.find(({ name }) => name === 'LAMBDA_KEEPALIVE_MS');
    assert.partialDeepStrictEqual(keepAlive, { value: '5000', setBy: 'LAMBDA_KEEPALIVE_MS' });
    const discontinued = await lambdad(['config'], { LAMBDA_EXECUTOR: 'docker' });
    assert.match(discontinued.stderr, /LAMBDA_EXECUTOR .*LAMBDA_RUNTIME_EXECUTOR/);
  });

  test('doctor finds the daemon, and says of each check whether it is well', async () => {
    const findings = json(await run(['doctor', '--json'])) as { name: string; status: string }[];
    assert.ok(findings.length >= 5);
    assert.ok(findings.every(({ status }) => status === 'ok' || status === 'warn'));
    assert.match((await run(['doctor'])).stdout, new RegExp(`127\\.0\\.0\\.1:${daemon.port}`));
  });

  test('output that is not a terminal has no colours', async () => {
    for (const args of [['status'], ['doctor'], ['config'], ['--help']]) {
      assert.ok(!(await run(args)).stdout.includes('\u001b'), args.join(' '));
    }
  });
});

suite('Starting and stopping', { concurrency: true }, () => {
  test('without a daemon a command says how to start one', async () => {
    const { code, stderr } = await lambdad(['status', '--endpoint', 'http://127.0.0.1:1']);
    assert.equal(code, 1);
    assert.match(stderr, /no daemon answers at http:\/\/127\.0\.0\.1:1: start one with "lambdad start"/);
  });

  test('a port that is taken is named, with what to do', async () => {
    await using daemon = await DaemonProcess.start();
    const env = { GATEWAY_LISTEN: `127.0.0.1:${daemon.port}`, LAMBDAD_DATA_DIR: daemon.dataDirectory };
    const { code, stdout, stderr } = await lambdad(['start'], env);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${daemon.port} is taken.*GATEWAY_LISTEN`));
    assert.equal((await fetch(`${daemon.endpoint}/_localstack/health`)).status, 200);
  });

  test('an invalid setting is named, with its value and what is allowed', async () => {
    const { code, stderr } = await lambdad(['start'], { LAMBDA_KEEPALIVE_MS: 'soon' });
    assert.equal(code, 2);
    assert.match(stderr, /LAMBDA_KEEPALIVE_MS="soon" is not valid; allowed: a whole number of milliseconds/);
  });

  test('a discontinued setting is named at the start, with what to use instead', async () => {
    await using daemon = await DaemonProcess.start({ LAMBDA_REMOTE_DOCKER: '1' });
    await daemon.stop();
    assert.match(daemon.stderr, /LAMBDA_REMOTE_DOCKER/);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} leaves no process and no folder behind`, async () => {
      await using daemon = await DaemonProcess.start();
      const client = clientOf(daemon);
      const fn = await TestFunction.create(client, { code: greeting });
      await Promise.all([fn.invoke({ name: 'one' }), fn.invoke({ name: 'two' })]);
      client.destroy();
      const processes = await daemon.descendants();
      if (process.platform === 'linux') assert.ok(processes.length >= 2, 'two environments are warm');
      assert.equal(await daemon.stop(signal), 0);
      assert.deepEqual(processes.filter(isAlive), []);
      assert.deepEqual(await readdir(join(daemon.dataDirectory, 'run')), []);
    });
  }

  test('SIGTERM in the middle of an invocation answers it first', async () => {
    await using daemon = await DaemonProcess.start();
    const client = clientOf(daemon);
    const code = {
      'index.js':
        "exports.handler = async () => { process.stdout.write('begun\\n'); await new Promise(() => setInterval(() => {}, 1000)); };",
    };
    const fn = await TestFunction.create(client, { FunctionName: 'endless', code, Timeout: 60 });
    const answered = assert.rejects(fn.invoke(), { name: 'ServiceException' });
    const logs = await fetch(`${daemon.endpoint}/_lambdad/logs?function=endless&wait=1`);
    assert.equal(logs.status, 200);
    assert.equal(await daemon.stop(), 0);
    await answered;
    client.destroy();
  });
});

/** A zombie is dead: it only waits for the machine's first process to take note. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
