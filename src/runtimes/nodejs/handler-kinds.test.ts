/** Tests of what a handler may be and answer with, on the real bootstrap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuntimePost, requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'nodejs24.x';

const parsed = (post: RuntimePost): unknown => JSON.parse(post.body.toString());

test('an async handler sees its event and the whole context, and its value is the response', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = async (event, context) => ({
        event, context, keys: Object.keys(context), remaining: context.getRemainingTimeInMillis() > 1e12,
        trace: process.env._X_AMZN_TRACE_ID,
      });`,
    },
  });
  const clientContext = { custom: { city: 'Zürich' }, env: {}, client: { app_title: 'app' } };
  const answer = await fn.invoke(
    { a: 1 },
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
  assert.equal(answer.headers['content-type'], 'application/json');
  const { keys, ...rest } = parsed(answer) as { keys: string[] };
  assert.deepEqual(rest, {
    event: { a: 1 },
    context: {
      callbackWaitsForEmptyEventLoop: true,
      functionVersion: '$LATEST',
      functionName: 'tested',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/tested',
      logStreamName: '2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef',
      clientContext,
      identity: { cognitoIdentityId: 'i', cognitoIdentityPoolId: 'p' },
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:tested',
      awsRequestId: requestId(1),
      tenantId: 'tenant-1',
    },
    remaining: true,
    trace: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
  });
  assert.equal(keys.includes('done'), false, 'nodejs24.x has no context.done');

  const second = parsed(await fn.invoke({})) as { context: object; trace?: string };
  assert.equal('tenantId' in second.context, false);
  assert.equal('clientContext' in second.context, false);
  assert.equal(second.trace, undefined, 'the trace id of the first event is gone');
});

test('values of every kind become JSON, and module state stays between events', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `let calls = 0;
        exports.handler = (event) => {
          calls += 1;
          switch (event.want) {
            case 'nothing': return undefined;
            case 'a function': return () => 1;
            case 'a promise': return Promise.resolve({ calls });
            case 'a thenable': return { then: (resolve) => resolve({ calls }) };
            case 'a large one': return 'é'.repeat(4_000_000);
            default: return { calls };
          }
        };`,
    },
  });
  assert.equal((await fn.invoke({ want: 'nothing' })).body.toString(), 'null');
  assert.equal((await fn.invoke({ want: 'a function' })).body.toString(), 'null');
  assert.equal((await fn.invoke({ want: 'a promise' })).body.toString(), '{"calls":3}');
  assert.equal((await fn.invoke({ want: 'a thenable' })).body.toString(), '{"calls":4}');
  assert.equal((await fn.invoke({ want: 'a plain value' })).body.toString(), '{"calls":5}');
  assert.equal((await fn.invoke({ want: 'a large one' })).body.length, 8_000_002);
});

test('up to nodejs22.x a callback answers, at once or when the event loop is empty', async () => {
  await using fn = await TestedFunction.start({
    runtime: 'nodejs22.x',
    files: {
      'index.js': `exports.handler = (event, context, callback) => {
          switch (event.by) {
            case 'callback at once': context.callbackWaitsForEmptyEventLoop = false;
              setTimeout(() => {}, 1e9).unref(); setTimeout(() => {}, 1e6); callback(null, 'quick'); break;
            case 'callback': { const result = { ticks: 0 };
              callback(null, result); setTimeout(() => { result.ticks += 1; setImmediate(() => { result.ticks += 1; }); }, 5); break; }
            case 'twice': context.callbackWaitsForEmptyEventLoop = false; callback(null, 'first'); callback(null, 'second'); break;
            case 'both': context.callbackWaitsForEmptyEventLoop = false; callback(null, 'callback'); return Promise.resolve('promise');
            case 'error': callback(new RangeError('too far')); break;
            case 'text': callback('just text'); break;
            case 'done': context.done(null, 'done'); break;
            case 'succeed': context.succeed('succeeded'); break;
            case 'fail': context.fail(new Error('failed')); break;
            case 'none': return 'a plain value says nothing';
          }
        };`,
    },
  });
  const text = async (by: string): Promise<string> => (await fn.invoke({ by })).body.toString();
  assert.equal(await text('none'), 'null');
  assert.equal(await text('callback'), '{"ticks":2}');
  assert.equal(await text('done'), '"done"');
  assert.equal(await text('succeed'), '"succeeded"');
  assert.match(await text('fail'), /^\{"errorType":"Error","errorMessage":"failed","trace":\["Error: failed",/);
  assert.match(await text('error'), /^\{"errorType":"RangeError","errorMessage":"too far"/);
  assert.equal(await text('text'), '{"errorType":"string","errorMessage":"just text","trace":[]}');
  assert.equal(await text('twice'), '"first"');
  assert.equal(await text('both'), '"callback"');
  assert.equal(await text('callback at once'), '"quick"');
  assert.equal(fn.api.posts.length, 10, 'no event was answered twice');
});

test('handlers are found in files and members of every form', async () => {
  const value = (text: string): string => `async () => '${text}'`;
  const cases: [handler: string, files: Record<string, string>][] = [
    ['index.handler', { 'index.mjs': `export const handler = ${value('it')};` }],
    ['index.handler', { 'index.js': `export const handler = ${value('it')};`, 'package.json': '{"type":"module"}' }],
    [
      'index.handler',
      { 'index.mjs': `const it = await Promise.resolve('it'); export const handler = async () => it;` },
    ],
    [
      'index.handler',
      { 'index.js': `const it = await 'it'; export const handler = () => it;`, 'package.json': '{"type":"module"}' },
    ],
    ['index.handler', { 'index.cjs': `exports.handler = ${value('it')};` }],
    ['src/api/users.handlers.v1.get', { 'src/api/users.js': `exports.handlers = { v1: { get: ${value('it')} } };` }],
    ['src.handler', { 'src/index.js': `exports.handler = ${value('it')};` }],
    [
      'lib.handler',
      {
        'node_modules/lib/main.js': `exports.handler = ${value('it')};`,
        'node_modules/lib/package.json': '{"main":"main.js"}',
      },
    ],
  ];
  for (const [handler, files] of cases) {
    await using fn = await TestedFunction.start({ runtime, handler, files });
    assert.equal((await fn.invoke({})).body.toString(), '"it"', `${handler} in ${Object.keys(files).join(', ')}`);
  }
});
