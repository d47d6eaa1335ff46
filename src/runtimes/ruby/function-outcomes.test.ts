/** Tests of what a Ruby function sees, answers and fails with, on the real bootstrap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuntimePost, requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'ruby3.4';

const start = (source: string, handler = 'index.handler'): Promise<TestedFunction> =>
  TestedFunction.start({ runtime, handler, files: { 'index.rb': source } });
const documentOf = (post: RuntimePost): unknown => JSON.parse(post.body.toString());

test('a handler sees its event and the whole context, and its value is the response', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    handler: 'app/orders.Shop::Orders.create',
    files: {
      'app/orders.rb': `
module Shop
  class Orders
    @calls = 0
    def self.create(event:, context:)
      @calls += 1
      names = %i[aws_request_id log_group_name log_stream_name function_name memory_limit_in_mb function_version
                 invoked_function_arn tenant_id identity client_context]
      { event: event, calls: @calls, context: names.to_h { |name| [name, context.public_send(name)] },
        remaining: context.get_remaining_time_in_millis > 10 ** 12, trace: ENV['_X_AMZN_TRACE_ID'],
        first: $LOAD_PATH.first == ENV['LAMBDA_TASK_ROOT'] }
    end
  end
end
`,
    },
  });
  const clientContext = { custom: { city: 'Zürich' } };
  const answer = await fn.invoke(
    { a: [1, 2.5, 'é'] },
    {
      headers: {
        'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
        'Lambda-Runtime-Client-Context': Buffer.from(JSON.stringify(clientContext)).toString('latin1'),
        'Lambda-Runtime-Cognito-Identity': '{"cognitoIdentityId":"i"}',
        'Lambda-Runtime-Aws-Tenant-Id': 'tenant-1',
      },
    },
  );
  assert.equal(answer.path, `invocation/${requestId(1)}/response`);
  assert.partialDeepStrictEqual(documentOf(answer), {
    event: { a: [1, 2.5, 'é'] },
    calls: 1,
    context: {
      aws_request_id: requestId(1),
      log_group_name: '/aws/lambda/tested',
      log_stream_name: '2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef',
      function_name: 'tested',
      memory_limit_in_mb: '128',
      function_version: '$LATEST',
      tenant_id: 'tenant-1',
      identity: { cognitoIdentityId: 'i' },
      client_context: clientContext,
    },
    remaining: true,
    trace: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
    first: true,
  });
  assert.partialDeepStrictEqual(documentOf(await fn.invoke(null)), { event: null, calls: 2 });
});

test('answers are JSON, or what can be read as it is', async () => {
  await using fn = await start(`
require 'stringio'
def handler(event:, context:)
  event == 'stream' ? StringIO.new('<raw>') : { 'nil' => nil, 1 => [:symbol, 1.5] }[event['key']]
end
`);
  assert.equal((await fn.invoke('stream')).body.toString(), '<raw>');
  assert.equal((await fn.invoke({ key: 1 })).body.toString(), '["symbol",1.5]');
  assert.equal((await fn.invoke({ key: 'nil' })).body.toString(), 'null');
});

test('an error of the handler has message, type and the frames of the function, and the next event runs', async () => {
  await using fn = await start(`
class Closed < StandardError; end
def handler(event:, context:)
  raise Closed, "come back \\u00e9" if event
  'open'
end
`);
  const failed = await fn.invoke(true);
  assert.equal(failed.path, `invocation/${requestId(1)}/error`);
  assert.equal(failed.headers['lambda-runtime-function-error-type'], 'Function<UserException>');
  assert.partialDeepStrictEqual(documentOf(failed), { errorMessage: 'come back é', errorType: 'Function<Closed>' });
  const { stackTrace } = documentOf(failed) as { stackTrace: string[] };
  assert.equal(stackTrace.length, 1);
  assert.match(stackTrace[0] ?? '', /\/index\.rb:4:in .*handler'$/);
  assert.equal((await fn.invoke(false)).body.toString(), '"open"');
});

test('after a name that does not exist, an exit or a bare Exception the process ends', async () => {
  for (const [body, type] of [
    ['nothing_of_this_name', 'Function<NameError>'],
    ['exit 3', 'Function<SystemExit>'],
    ['raise Exception, "bare"', 'Function<Exception>'],
  ]) {
    await using fn = await start(`def handler(event:, context:)\n  ${body}\nend\n`);
    const failed = await fn.invoke({});
    assert.equal(failed.headers['lambda-runtime-function-error-type'], type);
    assert.partialDeepStrictEqual(documentOf(failed), { errorType: type });
    assert.equal(await fn.process.exited, 255);
  }
});

test('what goes wrong while the function is loaded is an error of the init phase', async () => {
  const cases: readonly (readonly [Record<string, string>, string, string, RegExp])[] = [
    [{ 'index.rb': '' }, 'other.handler', 'Init<LoadError>', /cannot load such file -- other/],
    [{ 'index.rb': 'require "nowhere"' }, 'index.handler', 'Init<LoadError>', /nowhere/],
    [{ 'index.rb': 'def handler(' }, 'index.handler', 'Init<SyntaxError>', /index\.rb/],
    [{ 'index.rb': 'raise "at once"' }, 'index.handler', 'Init<RuntimeError>', /^at once$/],
    [{ 'index.rb': '' }, 'index', 'Init<ArgumentError>', /^Invalid handler \["index"\], must be of form/],
  ];
  for (const [files, handler, errorType, message] of cases) {
    await using fn = await TestedFunction.start({ runtime, handler, files });
    const post = await fn.api.nextPost();
    assert.equal(post.path, 'init/error');
    assert.partialDeepStrictEqual(documentOf(post), { errorType });
    assert.match((documentOf(post) as { errorMessage: string }).errorMessage, message);
    assert.equal(await fn.process.exited, 252);
  }
});

test('events of any size arrive whole, however they are cut', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: { 'index.rb': 'def handler(event:, context:)\n  event.length\nend\n' },
    fragmented: true,
  });
  assert.equal((await fn.invoke('x'.repeat(3000))).body.toString(), '3000');
});
