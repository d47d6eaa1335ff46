/** Tests of everything that goes wrong in a Node.js function, with the wording and exit codes of AWS's runtime. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuntimePost, requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'nodejs24.x';

interface ErrorDocument {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

const documentOf = (post: RuntimePost): ErrorDocument => JSON.parse(post.body.toString());

test('errors of a handler are answered with type, message and trace, and the runtime lives on', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `class OutOfStock extends Error { constructor(m, o) { super(m, o); this.name = 'OutOfStock'; this.sku = 7; } }
        exports.handler = async (event) => {
          switch (event.fail) {
            case 'own error': throw new OutOfStock('none left', { cause: new Error('sold') });
            case 'text': throw 'just text';
            case 'nothing': throw undefined;
            case 'bare object': throw Object.create(null);
            case 'circular': { const e = new Error('round'); e.self = e; throw e; }
            case 'header injection': { const e = new Error('x'); e.name = 'A\\r\\nContent-Length: 0\\r\\n\\r\\n'; throw e; }
            case 'bigint': return 1n;
            case 'never': return new Promise(() => {});
            default: return 'fine';
          }
        };`,
    },
  });
  const own = await fn.invoke({ fail: 'own error' });
  assert.equal(own.path, `invocation/${requestId(1)}/error`);
  assert.equal(own.headers['lambda-runtime-function-error-type'], 'OutOfStock');
  assert.deepEqual(Object.keys(documentOf(own)), ['errorType', 'errorMessage', 'trace']);
  assert.equal(documentOf(own).errorMessage, 'none left');
  assert.match(
    documentOf(own).trace.join('\n'),
    /^OutOfStock: none left\n {4}at .*index\.js:4:.*\n {4}at Invocation\.run .*$/,
  );
  assert.deepEqual(documentOf(await fn.invoke({ fail: 'text' })), {
    errorType: 'string',
    errorMessage: 'just text',
    trace: [],
  });
  assert.deepEqual(documentOf(await fn.invoke({ fail: 'nothing' })), {
    errorType: 'undefined',
    errorMessage: 'undefined',
    trace: [],
  });
  assert.equal(documentOf(await fn.invoke({ fail: 'bare object' })).errorType, 'handled');
  assert.equal(documentOf(await fn.invoke({ fail: 'circular' })).errorMessage, 'round');
  assert.equal(documentOf(await fn.invoke({ fail: 'header injection' })).errorMessage, 'x');
  const bigint = documentOf(await fn.invoke({ fail: 'bigint' }));
  assert.equal(bigint.errorType, 'Runtime.JSONStringifyError');
  assert.equal(bigint.errorMessage, 'Unable to stringify response body');
  const never = documentOf(await fn.invoke({ fail: 'never' }));
  assert.equal(never.errorType, 'Runtime.NodeJsExit');
  assert.match(never.errorMessage, /most commonly caused by a Promise that was never settled/);
  assert.equal((await fn.invoke({})).body.toString(), '"fine"');

  const output = await fn.process.stop();
  assert.match(
    output,
    new RegExp(
      `^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t${requestId(1)}\\tERROR\\tInvoke Error \\t` +
        '\\{"errorType":"OutOfStock","errorMessage":"none left","name":"OutOfStock","sku":7,"cause":\\{"errorType":"Error","errorMessage":"sold","stack":\\[.*\\]\\},"stack":\\[',
    ),
  );
  assert.equal(output.split('\n').length, 9, 'one line for each error');
});

test('an exception that nothing catches is reported for the running event, and the process exits 129', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = () => new Promise(() => { setImmediate(() => { throw new TypeError('escaped'); }); });`,
    },
  });
  const answer = await fn.invoke({});
  assert.equal(answer.path, `invocation/${requestId(1)}/error`);
  assert.equal(documentOf(answer).errorType, 'TypeError');
  assert.equal(await fn.process.exited, 129);
  assert.match(fn.process.output, /\tERROR\tUncaught Exception \t\{"errorType":"TypeError","errorMessage":"escaped"/);
});

test('a rejection that nothing catches is reported, and the process exits 128', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = () => { Promise.reject(new Error('lost')); return new Promise((r) => setTimeout(r, 1e6)); };`,
    },
  });
  const document = documentOf(await fn.invoke({}));
  assert.equal(document.errorType, 'Runtime.UnhandledPromiseRejection');
  assert.equal(document.errorMessage, 'Error: lost');
  assert.equal(document.trace[0], 'Runtime.UnhandledPromiseRejection: Error: lost');
  assert.equal(await fn.process.exited, 128);
  assert.match(
    fn.process.output,
    /\tERROR\tUnhandled Promise Rejection \t\{"errorType":"Runtime.UnhandledPromiseRejection".*"reason":\{"errorType":"Error"/,
  );
});

test('a crash after the answer neither answers again nor cuts the answer short', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = async () => { Promise.reject(new Error('late')); return 'x'.repeat(8_000_000); };`,
    },
  });
  assert.equal((await fn.invoke({})).body.length, 8_000_002);
  assert.equal(await fn.process.exited, 128);
  assert.equal(fn.api.posts.length, 1);
});

test('process.exit in a handler ends the process with its code and without an answer', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: { 'index.js': 'exports.handler = () => process.exit(7);' },
  });
  fn.invoke({}).catch(() => undefined);
  assert.equal(await fn.process.exited, 7);
  assert.equal(fn.api.posts.length, 0);
});

const initFailures: [title: string, handler: string, file: string, expected: Partial<ErrorDocument>][] = [
  [
    'a missing file',
    'nowhere.handler',
    '',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'nowhere'\nRequire stack:\n- /var/runtime/index.mjs",
    },
  ],
  [
    'a missing export',
    'index.handlr',
    'exports.handler = () => 1;',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handlr is undefined or not exported' },
  ],
  [
    'an export that is no function',
    'index.handler',
    'exports.handler = 1;',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
  ],
  ['a handler without a dot', 'index', '', { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' }],
  [
    'a handler outside of the code',
    '../index.handler',
    '',
    {
      errorType: 'Runtime.MalformedHandlerName',
      errorMessage:
        "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    },
  ],
  [
    'a syntax error',
    'index.handler',
    'exports.handler = (;',
    { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: "SyntaxError: Unexpected token ';'" },
  ],
  [
    'an exception at the top',
    'index.handler',
    'null.x',
    { errorType: 'TypeError', errorMessage: "Cannot read properties of null (reading 'x')" },
  ],
  [
    'a callback handler on nodejs24.x',
    'index.handler',
    'exports.handler = (event, context, callback) => {};',
    { errorType: 'Runtime.CallbackHandlerDeprecated' },
  ],
];

for (const [title, handler, file, expected] of initFailures) {
  test(`${title} fails the init phase`, async () => {
    await using fn = await TestedFunction.start({ runtime, handler, files: { 'index.js': file } });
    const post = await fn.api.nextPost();
    assert.equal(post.path, 'init/error');
    assert.equal(post.headers['lambda-runtime-function-error-type'], expected.errorType);
    assert.partialDeepStrictEqual(documentOf(post), expected);
    assert.equal(await fn.process.exited, 129);
    assert.match(fn.process.output, /^\S+Z\tundefined\tERROR\tUncaught Exception \t\{"errorType":"/);
  });
}

test('a module that the function misses is named with the files that asked for it', async () => {
  await using fn = await TestedFunction.start({ runtime, files: { 'index.js': "require('pg');" } });
  const document = documentOf(await fn.api.nextPost());
  assert.equal(
    document.errorMessage,
    `Error: Cannot find module 'pg'\nRequire stack:\n- ${fn.process.taskRoot}/index.js\n- /var/runtime/index.mjs`,
  );
  assert.equal(document.trace[0], "Runtime.ImportModuleError: Error: Cannot find module 'pg'");
});

test('an ES module that waits for ever ends the process as Node.js does', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: { 'index.mjs': 'await new Promise(() => {}); export const handler = 1;' },
  });
  assert.equal(await fn.process.exited, 13);
});

test('without its daemon the process ends, quietly where there once was one', async () => {
  await using fn = await TestedFunction.start({ runtime, files: { 'index.js': 'exports.handler = () => 1;' } });
  await fn.invoke({});
  await fn.api[Symbol.asyncDispose]();
  assert.equal(await fn.process.exited, 0);
  assert.equal(fn.process.output, '');
});
