/** What a function finds around it: variables, folders, user. Source: AWS environments, recorded in November 2025. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

/** In every runtime. */
const common =
  'AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API AWS_REGION AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_XRAY_CONTEXT_MISSING AWS_XRAY_DAEMON_ADDRESS LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT LANG LD_LIBRARY_PATH PATH TZ _AWS_XRAY_DAEMON_ADDRESS _AWS_XRAY_DAEMON_PORT _HANDLER';
/** So that the function's own AWS clients find the daemon. */
const ours = 'AWS_ENDPOINT_URL';
const shell = 'PWD SHLVL';

const inNode = `
const fs = require('node:fs');
const os = require('node:os');
const attempt = (task) => { try { return task(); } catch (error) { return error.code; } };
exports.handler = async () => ({
  env: { ...process.env },
  cwd: process.cwd(),
  user: os.userInfo().username,
  code: fs.readdirSync('/var/task').sort(),
  writeCode: attempt(() => fs.writeFileSync('/var/task/new', '')),
  writeRoot: attempt(() => fs.writeFileSync('/new', '')),
  writeTemporary: attempt(() => fs.writeFileSync('/tmp/new', 'kept')) ?? fs.readFileSync('/tmp/new', 'utf8'),
  temporary: (fs.statSync('/tmp').mode & 0o7777).toString(8),
  layers: attempt(() => fs.readdirSync('/opt')),
});`;

const inPython = `
import getpass, os
def attempt(path):
    try:
        open(path, 'w').close()
    except OSError as error:
        return {30: 'EROFS', 13: 'EACCES'}.get(error.errno, str(error))
def handler(event, context):
    return {'env': dict(os.environ), 'cwd': os.getcwd(), 'user': getpass.getuser(), 'code': sorted(os.listdir('/var/task')),
        'writeCode': attempt('/var/task/new'), 'writeRoot': attempt('/new'), 'writeTemporary': attempt('/tmp/new') or 'kept',
        'temporary': oct(os.stat('/tmp').st_mode & 0o7777)[2:], 'layers': os.listdir('/opt')}
`;

interface Found {
  readonly env: Readonly<Record<string, string>>;
  readonly [fact: string]: unknown;
}

const probes = {
  'nodejs24.x': { file: 'index.js', text: inNode, own: `AWS_EXECUTION_ENV NODE_PATH _X_AMZN_TRACE_ID ${shell}` },
  'python3.13': {
    file: 'index.py',
    text: inPython,
    own: `AWS_EXECUTION_ENV LC_CTYPE PYTHONPATH _X_AMZN_TRACE_ID ${shell}`,
  },
} as const;

for (const runtime of ['nodejs24.x', 'python3.13'] as const) {
  const { file, text, own } = probes[runtime];
  suite(`The environment of ${runtime}`, { skip: process.platform !== 'linux' && 'AWS is on Linux' }, () => {
    let lambdad: TestDaemon;
    let fn: TestFunction;
    let found: Found;
    before(async () => {
      process.env['SECRET_OF_THE_DAEMON'] = 'not for functions';
      lambdad = await TestDaemon.start();
      fn = await lambdad.function({
        Runtime: runtime,
        code: { [file]: text },
        MemorySize: 256,
        Environment: { Variables: { STAGE: 'test', EMPTY: '', UNICODE: 'Grüße 👋', LINES: 'one\ntwo' } },
      });
      found = (await fn.invoke()).payload as Found;
    });
    after(async () => {
      delete process.env['SECRET_OF_THE_DAEMON'];
      await lambdad[Symbol.asyncDispose]();
    });

    test("the variables are AWS's and the function's own, and nothing of the daemon's", () => {
      const expected = `${common} ${ours} ${own} STAGE EMPTY UNICODE LINES`.split(' ').sort();
      assert.deepEqual(Object.keys(found.env).sort(), expected);
    });

    test("their values are AWS's", () => {
      assert.partialDeepStrictEqual(found.env, {
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: fn.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
        AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
        AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
        LAMBDA_TASK_ROOT: '/var/task',
        LAMBDA_RUNTIME_DIR: '/var/runtime',
        LANG: 'en_US.UTF-8',
        TZ: ':UTC',
        PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
        LD_LIBRARY_PATH:
          '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
        _HANDLER: 'index.handler',
        PWD: '/var/task',
        SHLVL: '0',
      });
      assert.match(found.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '', /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
      assert.match(found.env['AWS_LAMBDA_RUNTIME_API'] ?? '', /^[\d.]+:\d+$/);
    });

    test("the runtime's own variables are AWS's", () => {
      const expected = {
        'nodejs24.x': {
          NODE_PATH:
            '/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task',
        },
        'python3.13': { PYTHONPATH: '/var/runtime', LC_CTYPE: 'C.UTF-8' },
      };
      assert.partialDeepStrictEqual(found.env, expected[runtime]);
    });

    test('values of any text arrive as they are', () => {
      assert.partialDeepStrictEqual(found.env, { STAGE: 'test', EMPTY: '', UNICODE: 'Grüße 👋', LINES: 'one\ntwo' });
    });

    test('it runs in /var/task, as the user of the sandbox', () => {
      assert.equal(found['cwd'], '/var/task');
      assert.equal(found['user'], 'sbx_user1051');
    });

    test('its code is there and cannot be written, nor can anything but /tmp', () => {
      assert.deepEqual(found['code'], [file]);
      assert.equal(found['writeCode'], 'EROFS');
      assert.equal(found['writeRoot'], 'EROFS');
      assert.equal(found['writeTemporary'], 'kept');
      assert.deepEqual(found['layers'], []);
    });

    test('/tmp is of its own: another function does not see what is in it', async () => {
      const code = { 'index.js': "exports.handler = async () => require('node:fs').readdirSync('/tmp');" };
      const other = await lambdad.function({ code });
      assert.deepEqual((await other.invoke()).payload, []);
    });
  });
}
