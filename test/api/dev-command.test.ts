/** `lambdad dev`: from a folder to answers, through edits, to Ctrl-C. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { runProgram } from '../../src/cli/program.ts';
import { type RecordedContext, recordedContext } from '../../src/cli/recorded-context.fixture.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { eventually } from '../kit/eventually.ts';
import { leftBehind } from '../kit/left-behind.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlRequest } from '../kit/url-request.ts';

const typescript = (text: string): string => `
  interface Event { rawPath?: string }
  export const handler = async ({ rawPath = 'none' }: Event): Promise<string> => {
    console.log('logged ${text}');
    return '${text} ' + rawPath + ' ' + process.env['NAMED'];
  };`;

/** The command, running. */
class Dev implements AsyncDisposable {
  readonly folder: string;
  readonly #parent: string;
  readonly #context: RecordedContext;
  readonly #ended: Promise<number>;

  constructor(environment: CliContext['environment'], args: readonly string[], code: string, file = 'index.ts') {
    this.#parent = mkdtempSync(join(tmpdir(), 'lambdad-dev-'));
    this.folder = join(this.#parent, 'my.function');
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, file), code);
    this.#context = recordedContext(environment);
    const context: CliContext = { ...this.#context, clock: systemClock, startDaemon };
    this.#ended = runProgram(['dev', this.folder, ...args], context);
  }

  get stdout(): string {
    return this.#context.written.stdout;
  }

  get stderr(): string {
    return this.#context.written.stderr;
  }

  shows(pattern: RegExp): Promise<void> {
    return eventually(() => pattern.test(this.stdout), `it prints ${pattern}`);
  }

  write(code: string): void {
    writeFileSync(join(this.folder, 'index.ts'), code);
  }

  /** Ctrl-C, or nothing when it ends by itself; the exit code. */
  async end(signal = true): Promise<number> {
    if (signal) this.#context.signals.emit('SIGINT');
    return await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

suite('dev with a daemon that is there', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const start = (args: readonly string[] = [], code = typescript('one'), file?: string): Dev =>
    new Dev({ AWS_ENDPOINT_URL: lambdad.endpoint }, args, code, file);
  const stateOf = (FunctionName: string) => lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));

  test('a folder of TypeScript has a URL, follows edits, shows the log, and is gone with Ctrl-C', async () => {
    await using dev = start(['--env', 'NAMED=value']);
    await dev.shows(/Ctrl-C/);
    assert.match(
      dev.stdout,
      /^my-function runs from .*my\.function as nodejs24\.x, handler index\.handler \(index\.ts\)$/m,
    );
    assert.match(dev.stdout, /^it is in the daemon on http:\/\/127\.0\.0\.1:\d+$/m);
    const { hostname } = new URL(/^http:\S+lambda-url\S+$/m.exec(dev.stdout)?.[0] ?? '');
    const ask = async (): Promise<string> => (await urlRequest(lambdad.port, hostname, { path: '/x' })).text;
    assert.equal(await ask(), 'one /x value');
    await dev.shows(/INFO\tlogged one/);
    dev.write(typescript('two'));
    await dev.shows(/my-function has changed/);
    let answer = await ask();
    while (answer !== 'two /x value') answer = await ask();
    await dev.shows(/INFO\tlogged two/);
    assert.equal(await dev.end(), 0);
    assert.match(dev.stderr, /^(?:preparing nodejs24\.x …\n)?$/);
    await assert.rejects(stateOf('my-function'), { name: 'ResourceNotFoundException' });
  });

  test('with an event it is invoked at the start and after each change, a broken one included', async () => {
    await using dev = start([
      '--name',
      'called',
      '--invoke',
      '{"rawPath":"/e"}',
      '--no-url',
      '--keep',
      '--timeout',
      '5',
    ]);
    await dev.shows(/one \/e undefined/);
    assert.doesNotMatch(dev.stdout, /lambda-url/);
    dev.write('export const handler = async (: => ');
    await eventually(() => dev.stderr.includes('Runtime.UserCodeSyntaxError'), 'the error is shown');
    dev.write(typescript('healed'));
    await dev.shows(/healed \/e undefined/);
    await dev.end();
    const { Timeout, MemorySize } = await stateOf('called');
    assert.deepEqual([Timeout, MemorySize], [5, 512], 'it was kept');
  });

  test('a function that is there is changed to the folder, and stays', async () => {
    const fn = await lambdad.function({ code: { 'index.js': "exports.handler = async () => 'before';" } });
    await using dev = start(['--name', fn.name]);
    await dev.shows(/Ctrl-C/);
    assert.match(dev.stdout, /was there, and now runs from/);
    assert.equal((await fn.invoke()).payload, 'one none undefined');
    await dev.end();
    const { Payload } = await lambdad.lambda.send(new InvokeCommand({ FunctionName: fn.name }));
    assert.equal(Buffer.from(Payload ?? []).toString(), '"one none undefined"');
  });

  test('Python is found as well, and variables come from a file', async () => {
    const code = 'import os\ndef handler(event, context): return os.environ["FROM_FILE"]';
    await using dev = start(['--invoke', '{}', '--env-file', '/dev/null', '--env', 'FROM_FILE=yes'], code, 'app.py');
    await dev.shows(/^"yes"$/m);
  });

  const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--env', 'novalue'], /^lambdad: --env "novalue" is not of the form KEY=VALUE\n$/],
    [['--env-file', '/no/such/file'], /^lambdad: the file \/no\/such\/file cannot be read/],
    [['--timeout', 'long'], /^lambdad: --timeout "long" is not a whole number\n$/],
    [['--runtime', 'cobol1'], /^lambdad: no handler was found|^lambdad: InvalidParameterValueException/],
    [['--runtime', 'nodejs1.x'], /^lambdad: InvalidParameterValueException: Value nodejs1\.x at 'runtime'/],
    [['--endpoint', 'http://127.0.0.1:9'], /^lambdad: no daemon answers at http:\/\/127\.0\.0\.1:9/],
  ];
  for (const [args, message] of wrong) {
    test(`${args.join(' ')} is explained in a sentence`, async () => {
      await using dev = start(args);
      assert.notEqual(await dev.end(false), 0);
      assert.match(dev.stderr, message);
    });
  }
});

test('where no daemon answers it starts one, which ends with it', async () => {
  const before = await leftBehind();
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const address = probe.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await new Promise((closed) => probe.close(closed));
  const data = mkdtempSync(join(tmpdir(), 'lambdad-dev-data-'));
  const environment = {
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    LAMBDAD_DATA_DIR: data,
    LAMBDA_RUNTIME_EXECUTOR: 'host',
    AWS_ENDPOINT_URL: `http://localhost:${port}`,
  };
  await using dev = new Dev(environment, ['--invoke', '{}'], typescript('alone'));
  await dev.shows(/alone none undefined/);
  assert.match(dev.stdout, new RegExp(`^a daemon was started for it on http://127\\.0\\.0\\.1:${port}`, 'm'));
  assert.equal(await dev.end(), 0);
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  assert.deepEqual(await leftBehind(), before);
  rmSync(data, { recursive: true });
});
