/** Tests of what a Python function sees, answers and fails with, on the real bootstrap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuntimePost, requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'python3.13';

interface ErrorDocument {
  errorMessage: string;
  errorType: string;
  requestId: string;
  stackTrace: string[];
}

const documentOf = (post: RuntimePost): ErrorDocument => JSON.parse(post.body.toString());

test('a handler sees its event and the whole context, and its value is the response', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    handler: 'app/orders.create',
    files: {
      'app/orders.py': `
import os, sys
calls = 0
def create(event, context):
    global calls
    calls += 1
    names = ["aws_request_id", "log_group_name", "log_stream_name", "function_name", "memory_limit_in_mb",
             "function_version", "invoked_function_arn", "tenant_id"]
    client = context.client_context
    return {"event": event, "calls": calls, "context": {name: getattr(context, name) for name in names},
            "client": client and [client.custom, client.env, client.client.app_title, client.client.app_version_code],
            "identity": [context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id],
            "remaining": context.get_remaining_time_in_millis() > 10 ** 12,
            "trace": os.environ.get("_X_AMZN_TRACE_ID"), "first": sys.path[0] == os.environ["LAMBDA_TASK_ROOT"]}
`,
    },
  });
  const clientContext = { custom: { city: 'Zürich' }, env: {}, client: { app_title: 'app' } };
  const answer = await fn.invoke(
    { a: [1, 2.5, 'é'] },
    {
      headers: {
        'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
        'Lambda-Runtime-Client-Context': Buffer.from(JSON.stringify(clientContext)).toString('latin1'),
        'Lambda-Runtime-Cognito-Identity': '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
        'Lambda-Runtime-Aws-Tenant-Id': 'tenant-1',
      },
    },
  );
  assert.equal(answer.path, `invocation/${requestId(1)}/response`);
  assert.deepEqual(JSON.parse(answer.body.toString()), {
    event: { a: [1, 2.5, 'é'] },
    calls: 1,
    context: {
      aws_request_id: requestId(1),
      log_group_name: '/aws/lambda/tested',
      log_stream_name: '2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef',
      function_name: 'tested',
      memory_limit_in_mb: '128',
      function_version: '$LATEST',
      invoked_function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:tested',
      tenant_id: 'tenant-1',
    },
    client: [{ city: 'Zürich' }, {}, 'app', null],
    identity: ['i', 'p'],
    remaining: true,
    trace: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
    first: true,
  });
  const second = JSON.parse((await fn.invoke({})).body.toString());
  assert.partialDeepStrictEqual(second, { calls: 2, client: null, identity: [null, null], trace: null });
});

test('values become JSON as AWS writes it, and errors of a handler leave the runtime alive', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.py': `
import decimal
class OutOfStock(Exception): pass
def inner(): raise OutOfStock("none left")
def handler(event, context):
    want = event["want"]
    if want == "nothing": return None
    if want == "spaced": return {"a": [1, True, None], "é": "ü"}
    if want == "decimal": return decimal.Decimal("1.5")
    if want == "bytes": return b"text"
    if want == "half a pair": return "\\ud83d"
    if want == "set": return {"a": {1}}
    if want == "bad bytes": return b"\\x1f\\x8b"
    if want == "circle":
        circle = []; circle.append(circle); return circle
    if want == "large": return "é" * 3_500_000
    inner()
`,
    },
  });
  const bodyOf = async (want: string): Promise<string> => (await fn.invoke({ want })).body.toString();
  assert.equal(await bodyOf('nothing'), 'null');
  assert.equal(await bodyOf('spaced'), '{"a": [1, true, null], "é": "ü"}');
  assert.equal(await bodyOf('decimal'), '1.5');
  assert.equal(await bodyOf('bytes'), '"text"');
  assert.equal(await bodyOf('half a pair'), '"\\ud83d"');
  assert.equal((await fn.invoke({ want: 'large' })).body.length, 7_000_002);
  const unmarshalled = async (want: string): Promise<string> => {
    const document = documentOf(await fn.invoke({ want }));
    assert.equal(document.errorType, 'Runtime.MarshalError');
    assert.deepEqual(document.stackTrace, []);
    return document.errorMessage;
  };
  assert.equal(await unmarshalled('set'), 'Unable to marshal response: Object of type set is not JSON serializable');
  assert.match(await unmarshalled('bad bytes'), /^Unable to marshal response: 'utf-8' codec can't decode byte 0x8b/);
  assert.equal(await unmarshalled('circle'), 'Unable to marshal response: Circular reference detected');

  const failed = await fn.invoke({ want: 'failure' });
  assert.equal(failed.path, `invocation/${requestId(10)}/error`);
  assert.equal(failed.headers['lambda-runtime-function-error-type'], 'OutOfStock');
  const file = `${fn.process.taskRoot}/index.py`;
  assert.deepEqual(Object.entries(documentOf(failed)), [
    ['errorMessage', 'none left'],
    ['errorType', 'OutOfStock'],
    ['requestId', requestId(10)],
    [
      'stackTrace',
      [
        `  File "${file}", line 17, in handler\n    inner()\n`,
        `  File "${file}", line 4, in inner\n    def inner(): raise OutOfStock("none left")\n`,
      ],
    ],
  ]);
  const nbsp = '\u00a0';
  const event = [
    '[ERROR] OutOfStock: none left',
    'Traceback (most recent call last):',
    `${nbsp.repeat(2)}File "${file}", line 17, in handler`,
    `${nbsp.repeat(4)}inner()`,
    `${nbsp.repeat(2)}File "${file}", line 4, in inner`,
    `${nbsp.repeat(4)}def inner(): raise OutOfStock("none left")\n`,
  ].join('\r');
  assert.ok((await fn.process.stop()).endsWith(event));
});

const initFailures: [title: string, handler: string, file: string, expected: Partial<ErrorDocument>][] = [
  [
    'a missing module',
    'nowhere.handler',
    '',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'nowhere': No module named 'nowhere'",
      stackTrace: [],
    },
  ],
  [
    'a missing package',
    'index.handler',
    'import nothing_of_that_name',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'index': No module named 'nothing_of_that_name'",
    },
  ],
  [
    'a missing function',
    'index.handlr',
    '',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handlr' missing on module 'index'" },
  ],
  [
    'a handler without a dot',
    'index',
    '',
    {
      errorType: 'Runtime.MalformedHandlerName',
      errorMessage: "Bad handler 'index': not enough values to unpack (expected 2, got 1)",
    },
  ],
  [
    'a syntax error',
    'index.handler',
    'def handler(:\n',
    {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: "Syntax error in module 'index': invalid syntax (index.py, line 1)",
    },
  ],
  [
    'an exception at the top',
    'index.handler',
    '1 / 0',
    { errorType: 'ZeroDivisionError', errorMessage: 'division by zero' },
  ],
];

for (const [title, handler, file, expected] of initFailures) {
  test(`${title} fails the init phase`, async () => {
    await using fn = await TestedFunction.start({ runtime, handler, files: { 'index.py': file } });
    const post = await fn.api.nextPost();
    assert.equal(post.path, 'init/error');
    assert.partialDeepStrictEqual(documentOf(post), { ...expected, requestId: '' });
    assert.equal(await fn.process.exited, 1);
    assert.ok(
      fn.process.output.startsWith(`[ERROR] ${expected.errorType}: ${expected.errorMessage}`),
      fn.process.output,
    );
  });
}

test('sys.exit in a handler ends the process with its code and without an answer', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: { 'index.py': 'import sys\ndef handler(event, context): sys.exit(3)' },
  });
  fn.invoke({}).catch(() => undefined);
  assert.equal(await fn.process.exited, 3);
  assert.equal(fn.api.posts.length, 0);
});

test('without its daemon the process ends quietly, threads or not', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.py':
        'import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\ndef handler(event, context): return 1',
    },
  });
  await fn.invoke({});
  await fn.api[Symbol.asyncDispose]();
  assert.equal(await fn.process.exited, 0);
  assert.equal(fn.process.output, '');
});

test('events arrive whole, however they were cut, chunked or of 6 MB', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    fragmented: true,
    files: { 'index.py': 'def handler(event, context): return event' },
  });
  const small = { text: 'naïve 😀', list: [1, 2, 3] };
  const large = { text: 'ü'.repeat(3_000_000) };
  for (const event of [small, large]) {
    for (const chunked of [false, true, false]) {
      const answer = await fn.invoke(event, { chunked });
      assert.deepEqual(JSON.parse(answer.body.toString()), event);
    }
  }
});
