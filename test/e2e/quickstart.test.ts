/** The first ten minutes of a user: the real AWS CLI and curl against a daemon that was started by hand. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { DaemonProcess } from '../kit/daemon-process.ts';
import { type ProgramRun, runProgram } from '../kit/run-program.ts';
import { zipOf } from '../kit/zip-of.ts';

const code = `exports.handler = async (event) => {
    let body = JSON.parse(event.body)
    const product = body.num1 * body.num2;
    const response = {
        statusCode: 200,
        body: "The product of " + body.num1 + " and " + body.num2 + " is " + product,
    };
    return response;
};
`;
const name = 'localstack-lambda-url-example';
const payload = '{"body": "{\\"num1\\": \\"10\\", \\"num2\\": \\"10\\"}" }';

/** One story, told in order: each test is a step of it. */
suite('The quickstart with the AWS CLI and curl', () => {
  let daemon: DaemonProcess;
  let folder: string;
  let binaryPayload: Readonly<Record<string, string>>;
  let url: URL;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lambdad-quickstart-'));
    await writeFile(join(folder, 'function.zip'), await zipOf({ 'index.js': code }));
    daemon = await DaemonProcess.start();
    const { stdout, stderr } = await runProgram(['aws', '--version']);
    binaryPayload = `${stdout}${stderr}`.startsWith('aws-cli/1.') ? {} : { 'cli-binary-format': 'raw-in-base64-out' };
  });
  after(async () => {
    await daemon[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** @param options by name without the dashes */
  const aws = (command: string, options: Readonly<Record<string, string>> = {}, ...rest: string[]) =>
    runProgram(
      [
        ...(['aws', '--endpoint-url', daemon.endpoint, 'lambda', ...command.split(' ')] as const),
        ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]),
        ...rest,
      ],
      {
        cwd: folder,
        env: {
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_CONFIG_FILE: join(folder, 'no-config'),
          AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
          AWS_PROFILE: undefined,
          AWS_PAGER: '',
          AWS_MAX_ATTEMPTS: '1',
        },
      },
    );
  async function answerOf(...args: Parameters<typeof aws>): Promise<Record<string, unknown>> {
    const { code: exit, stdout, stderr } = await aws(...args);
    assert.equal(exit, 0, stderr);
    return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  }
  const curl = (...args: string[]): Promise<ProgramRun> => runProgram(['curl', '--silent', '--show-error', ...args]);

  test('create-function shows a Pending function', async () => {
    const created = await answerOf('create-function', {
      'function-name': name,
      runtime: 'nodejs18.x',
      'zip-file': 'fileb://function.zip',
      handler: 'index.handler',
      role: 'arn:aws:iam::000000000000:role/lambda-role',
      tags: '{"_custom_id_":"my-custom-subdomain"}',
    });
    assert.partialDeepStrictEqual(created, { FunctionName: name, Runtime: 'nodejs18.x', State: 'Pending' });
  });

  test('wait function-active-v2 ends', async () => {
    await answerOf('wait function-active-v2', { 'function-name': name });
  });

  test('list-functions and get-function show it', async () => {
    const { Functions } = await answerOf('list-functions');
    assert.partialDeepStrictEqual(Functions, [{ FunctionName: name, Handler: 'index.handler' }]);
    const { Configuration, Code } = await answerOf('get-function', { 'function-name': name });
    assert.partialDeepStrictEqual(Configuration, { State: 'Active', LastUpdateStatus: 'Successful' });
    const { pathname, search } = new URL(String((Code as Record<string, unknown>)['Location']));
    const file = join(folder, 'downloaded.zip');
    assert.equal((await curl('--output', file, `${daemon.endpoint}${pathname}${search}`)).code, 0);
    assert.deepEqual(await readFile(file), await readFile(join(folder, 'function.zip')));
  });

  test('invoke writes the answer into the file', async () => {
    const reply = await answerOf('invoke', { 'function-name': name, ...binaryPayload, payload }, 'output.txt');
    assert.deepEqual(reply, { StatusCode: 200, ExecutedVersion: '$LATEST' });
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'output.txt'), 'utf8')), {
      statusCode: 200,
      body: 'The product of 10 and 10 is 100',
    });
  });

  test('invoke with --log-type Tail has the log', async () => {
    const options = { 'function-name': name, 'log-type': 'Tail', ...binaryPayload, payload };
    const { LogResult } = await answerOf('invoke', options, 'output.txt');
    assert.match(Buffer.from(String(LogResult), 'base64').toString('utf8'), /^START RequestId: .*\nEND /s);
  });

  test('create-function-url-config gives the URL that the tag asked for', async () => {
    const reply = await answerOf('create-function-url-config', { 'function-name': name, 'auth-type': 'NONE' });
    url = new URL(String(reply['FunctionUrl']));
    assert.equal(
      url.href,
      `http://my-custom-subdomain.lambda-url.us-east-1.localhost.localstack.cloud:${daemon.port}/`,
    );
  });

  const post = ['-X', 'POST', '-H', 'Content-Type: application/json', '-d', '{"num1": "10", "num2": "10"}'];

  test('curl calls the URL', async () => {
    // Its name needs public DNS; the answer of that is given here.
    const resolved = ['--resolve', `${url.host}:127.0.0.1`];
    const { code: exit, stdout, stderr } = await curl(...resolved, ...post, url.href);
    assert.equal(exit, 0, stderr);
    assert.equal(stdout, 'The product of 10 and 10 is 100');
  });

  test('curl calls the same function under .localhost, which needs no DNS', async () => {
    const local = url.href.replace('.localhost.localstack.cloud', '.localhost');
    const { code: exit, stdout, stderr } = await curl(...post, local);
    assert.equal(exit, 0, stderr);
    assert.equal(stdout, 'The product of 10 and 10 is 100');
  });

  test("errors are what the CLI makes of AWS's", async () => {
    const again = await aws('get-function', { 'function-name': 'no-such-function' });
    assert.notEqual(again.code, 0);
    assert.match(
      again.stderr,
      /An error occurred \(ResourceNotFoundException\) when calling the GetFunction operation: Function not found: arn:aws:lambda:us-east-1:000000000000:function:no-such-function/,
    );
  });

  test('update-function-configuration and wait function-updated-v2', async () => {
    const reply = await answerOf('update-function-configuration', { 'function-name': name, timeout: '10' });
    assert.partialDeepStrictEqual(reply, { Timeout: 10, LastUpdateStatus: 'InProgress' });
    await answerOf('wait function-updated-v2', { 'function-name': name });
  });

  test('delete-function leaves an empty list', async () => {
    const { code: exit, stderr } = await aws('delete-function', { 'function-name': name });
    assert.equal(exit, 0, stderr);
    assert.deepEqual((await answerOf('list-functions'))['Functions'], []);
    const local = url.href.replace('.localhost.localstack.cloud', '.localhost');
    assert.match((await curl('--include', local)).stdout, /^HTTP\/1\.1 403 /);
  });

  test('the tools that wait for LocalStack find a ready server', async () => {
    const health = await curl(`${daemon.endpoint}/_localstack/health`);
    assert.partialDeepStrictEqual(JSON.parse(health.stdout), { services: { lambda: 'running' } });
    const runtimes = await curl(`${daemon.endpoint}/_aws/lambda/runtimes`);
    const { Runtimes } = JSON.parse(runtimes.stdout) as { Runtimes: string[] };
    assert.ok(Runtimes.includes('nodejs24.x') && Runtimes.includes('python3.13') && !Runtimes.includes('nodejs12.x'));
  });
});
