/** Functions that run from a folder: an edit is answered by new code, and nothing else about them changes. */
import assert from 'node:assert/strict';
import { rmSync, unlinkSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { LiveFunction } from '../kit/live-function.ts';
import { assertRefused, invalidParameter } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { Invoked } from '../kit/test-function.ts';

/** Answers with its text, how many invocations its process has had, and how many processes its `/tmp` has seen. */
const counting = (text: string): Record<string, string> => ({
  'index.js': `
    const { appendFileSync, readFileSync } = require('node:fs');
    const file = require('node:os').tmpdir() + '/starts';
    appendFileSync(file, 'x');
    let invocations = 0;
    exports.handler = async () => {
      invocations += 1;
      return { text: '${text}', invocations, starts: readFileSync(file, 'utf8').length };
    };`,
});

const answering = (text: string): Record<string, string> => ({
  'index.js': `exports.handler = async () => '${text}';`,
});

const answers =
  (text: string) =>
  ({ payload }: Invoked): boolean =>
    payload === text;

const errorType = ({ payload }: Invoked): unknown =>
  typeof payload === 'object' && payload !== null && 'errorType' in payload ? payload.errorType : undefined;

const creation = (S3Key: string, S3Bucket = 'hot-reload') => ({
  path: '/2015-03-31/functions',
  method: 'POST',
  body: {
    FunctionName: 'refused',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { S3Bucket, S3Key },
  },
});

/** Whether an invocation of the function is with its process. */
async function isBusy(lambdad: TestDaemon, name: string): Promise<boolean> {
  const status = await lambdad.fetch('/_lambdad/status');
  const { environments } = (await status.json()) as { readonly environments: readonly Record<string, unknown>[] };
  return environments.some((environment) => environment['function'] === name && environment['state'] === 'busy');
}

for (const sandbox of ['auto', 'off']) {
  suite(`hot reload (sandbox ${sandbox})`, { concurrency: 2 }, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start({ settings: { LAMBDAD_SANDBOX: sandbox } });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    test('after a write new code answers, on the same file system', async () => {
      using live = await LiveFunction.create(lambdad, counting('one'));
      assert.deepEqual((await live.fn.invoke()).payload, { text: 'one', invocations: 1, starts: 1 });
      live.write(counting('two'));
      const { payload } = await live.until((answer) => JSON.stringify(answer.payload).includes('two'));
      assert.deepEqual(payload, { text: 'two', invocations: 1, starts: 2 });
    });

    test('nothing restarts when a file is written with the content that it had', async () => {
      using live = await LiveFunction.create(lambdad, { ...counting('one'), 'other.txt': '1' });
      await live.fn.invoke();
      live.write(counting('two'));
      await live.until((answer) => JSON.stringify(answer.payload).includes('two'));
      live.write(counting('two'));
      const before = await live.fn.invoke();
      // A change that is seen later than that write.
      live.write({ 'other.txt': '2' });
      const restarted = await live.until((answer) => JSON.stringify(answer.payload).includes('"invocations":1,'));
      assert.deepEqual(before.payload, { text: 'two', invocations: 2, starts: 2 });
      assert.deepEqual(restarted.payload, { text: 'two', invocations: 1, starts: 3 });
    });

    test('an invocation in flight ends on the old code', async () => {
      const waiting = (text: string): Record<string, string> => ({
        'part.js': `module.exports = '${text}';`,
        'index.js': `
          const { existsSync } = require('node:fs');
          const part = require('./part.js');
          exports.handler = async ({ wait }) => {
            while (wait && !existsSync(__dirname + '/go')) await new Promise((resolve) => setTimeout(resolve, 5));
            return part;
          };`,
      });
      using live = await LiveFunction.create(lambdad, waiting('old'), { Timeout: 60 });
      assert.equal((await live.fn.invoke()).payload, 'old');
      const running = live.fn.invoke({ wait: true });
      while (!(await isBusy(lambdad, live.fn.name))) {
        // It is on its way.
      }
      live.write(waiting('new'));
      // In another environment, which the first one's is not.
      await live.until(answers('new'));
      live.write({ go: '' });
      assert.equal((await running).payload, 'old');
      await live.until(answers('new'));
    });

    test('a syntax error is shown to the caller, and healed by the next write', async () => {
      using live = await LiveFunction.create(lambdad, answering('fine'));
      assert.equal((await live.fn.invoke()).payload, 'fine');
      live.write({ 'index.js': 'exports.handler = async () => {' });
      const broken = await live.until((answer) => answer.functionError !== undefined);
      assert.equal(errorType(broken), 'Runtime.UserCodeSyntaxError');
      live.write(answering('healed'));
      await live.until(answers('healed'));
    });

    test('a module or a whole folder that vanishes is an import error until it is back', async () => {
      using live = await LiveFunction.create(lambdad, answering('there'));
      assert.equal((await live.fn.invoke()).payload, 'there');
      unlinkSync(`${live.folder}/index.js`);
      const gone = await live.until((answer) => answer.functionError !== undefined);
      assert.equal(errorType(gone), 'Runtime.ImportModuleError');
      live.write(answering('back'));
      await live.until(answers('back'));
      rmSync(live.folder, { recursive: true });
      const nowhere = await live.until((answer) => answer.functionError !== undefined);
      assert.equal(errorType(nowhere), 'Runtime.ImportModuleError');
      live.write(answering('back again'));
      await live.until(answers('back again'));
    });

    test('Python is reloaded as well, with the modules that it imports', async () => {
      const code = (text: string): Record<string, string> => ({
        'text.py': `value = '${text}'`,
        'app.py': 'import text\ndef handler(event, context): return text.value',
      });
      using live = await LiveFunction.create(lambdad, code('one'), { Runtime: 'python3.13', Handler: 'app.handler' });
      assert.equal((await live.fn.invoke()).payload, 'one');
      live.write({ 'text.py': "value = 'two'" });
      await live.until(answers('two'));
      live.write({ 'text.py': 'value = ' });
      const broken = await live.until((answer) => answer.functionError !== undefined);
      assert.equal(errorType(broken), 'Runtime.UserCodeSyntaxError');
      live.write({ 'text.py': "value = 'three'" });
      await live.until(answers('three'));
    });

    test('TypeScript sources are run as they are', async () => {
      const code = (text: string): Record<string, string> => ({
        'index.ts':
          "import { greet } from './greet.ts';\nexport const handler = async (): Promise<string> => greet('me');",
        'greet.ts': `export const greet = (name: string): string => \`${text} \${name}\`;`,
      });
      using live = await LiveFunction.create(lambdad, code('hi'));
      assert.equal((await live.fn.invoke()).payload, 'hi me');
      live.write(code('hello'));
      await live.until(answers('hello me'));
      live.write({ 'greet.ts': 'export const greet = (name: string => name;' });
      const broken = await live.until((answer) => answer.functionError !== undefined);
      assert.equal(errorType(broken), 'Runtime.UserCodeSyntaxError');
      live.write(code('hey'));
      await live.until(answers('hey me'));
    });

    test('TypeScript sources import each other without extensions, or with those of their output', async () => {
      const files = {
        'index.ts': `
          import { one } from './one';
          import { two } from './lib/two.js';
          import { folder } from './lib';
          export const handler = async (): Promise<unknown> => [one, two, folder];`,
        'one.ts': 'export const one: number = 1;',
        'lib/two.ts': "import { one } from '../one'; export const two: number = one + 1;",
        'lib/index.ts': 'export const folder: string = "index";',
      };
      using live = await LiveFunction.create(lambdad, files);
      assert.deepEqual((await live.fn.invoke()).payload, [1, 2, 'index']);
      live.write({ 'one.ts': "import './nowhere'; export const one = 1;" });
      const broken = await live.until((answer) => answer.functionError !== undefined);
      assert.match(JSON.stringify(broken.payload), /Cannot find module .*nowhere/);
    });

    test('a published version keeps running from the folder', async () => {
      using live = await LiveFunction.create(lambdad, answering('one'));
      const { Version: version } = await lambdad.lambda.send(
        new PublishVersionCommand({ FunctionName: live.fn.name, CodeSha256: 'hot-reloading-hash-not-available' }),
      );
      assert.equal(version, '1');
      const published = async (): Promise<unknown> => (await live.fn.invoke({}, { Qualifier: '1' })).payload;
      assert.equal(await published(), 'one');
      live.write(answering('two'));
      await live.until(answers('two'));
      let answer = await published();
      while (answer === 'one') answer = await published();
      assert.equal(answer, 'two');
    });
  });
}

suite('hot reload in the API', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const refusals: Readonly<Record<string, string>> = {
    'code/here': 'When using hot reloading, the archive key has to be an absolute path! Your archive key: code/here',
    '$NOT_A_VARIABLE/code':
      'When using hot reloading, the archive key has to be an absolute path! Your archive key: $NOT_A_VARIABLE/code',
    '/no/such/folder':
      'When using hot reloading, the archive key has to be the path of a folder, and there is none at /no/such/folder.',
    '/etc/hostname':
      'When using hot reloading, the archive key has to be the path of a folder, and there is none at /etc/hostname.',
    'C:\\code':
      'When using hot reloading, the archive key has to be the path of a folder, and there is none at C:\\code.',
    '/tmp\0': 'When using hot reloading, the archive key has to be the path of a folder, and there is none at /tmp\0.',
  };
  for (const [key, message] of Object.entries(refusals)) {
    test(`the key ${JSON.stringify(key)} is refused`, async () => {
      const refusal = invalidParameter(message);
      // The one about the path is not AWS's but of tools that came before: it has no Type.
      const body = message.includes('absolute path') ? { message } : refusal.body;
      assertRefused(await apiRequest(lambdad.endpoint, creation(key)), { ...refusal, body });
    });
  }

  test('it reports the folder in place of an archive', async () => {
    using live = await LiveFunction.create(lambdad, answering('one'));
    const { Configuration, Code } = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: live.fn.name }));
    assert.equal(Configuration?.CodeSha256, 'hot-reloading-hash-not-available');
    assert.equal(Configuration?.CodeSize, 0);
    assert.equal(Code?.Location, `file://${live.folder}`);
  });

  test('a function changes from an archive to a folder and back', async () => {
    using live = await LiveFunction.create(lambdad, answering('from a folder'));
    const fn = await lambdad.function({ code: echo });
    const change = async (code: object): Promise<void> => {
      await lambdad.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.name, ...code }));
      for (;;) {
        const asked = new GetFunctionConfigurationCommand({ FunctionName: fn.name });
        if ((await lambdad.lambda.send(asked)).LastUpdateStatus === 'Successful') return;
      }
    };
    await change({ S3Bucket: 'hot-reload', S3Key: live.folder });
    assert.equal((await fn.invoke()).payload, 'from a folder');
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name }));
  });

  test('variables of the daemon in the key are replaced', async () => {
    using live = await LiveFunction.create(lambdad, answering('found'));
    process.env['HOT_RELOAD_TEST'] = live.folder;
    try {
      const created = await apiRequest(lambdad.endpoint, creation('$HOT_RELOAD_TEST/.'));
      assert.equal(created.status, 201);
    } finally {
      delete process.env['HOT_RELOAD_TEST'];
    }
    const { Code } = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: 'refused' }));
    assert.equal(Code?.Location, `file://${live.folder}/.`);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: 'refused' }));
  });
});

test('the bucket has the name that the setting gives it', async () => {
  await using named = await TestDaemon.start({ settings: { BUCKET_MARKER_LOCAL: 'here' } });
  const elsewhere = await apiRequest(named.endpoint, creation('/tmp'));
  assert.match(elsewhere.text, /NoSuchBucket/);
  const refused = await apiRequest(named.endpoint, creation('code', 'here'));
  assert.match(refused.text, /absolute path/);
});
