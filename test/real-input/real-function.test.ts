/** Tests that each real function builds, packs and runs on the bootstrap of its runtime. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuntimePost, requestId } from '../../src/runtimes/test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../../src/runtimes/test-kit/tested-function.ts';
import { buildRealFunction } from './build-real-function.ts';
import { realFunction } from './real-function.ts';
import { type RealFunctionName, realFunctionKinds } from './real-function-kind.ts';

async function start(name: RealFunctionName): Promise<TestedFunction> {
  const { runtime, handler } = realFunctionKinds[name];
  const env = { PYTHONDONTWRITEBYTECODE: '1' }; // what was built goes into archives: it must not change
  return await TestedFunction.start({ runtime, handler, files: await buildRealFunction(name), env });
}

const parsed = (post: RuntimePost): Record<string, unknown> => JSON.parse(post.body.toString());

/** A request through a function URL, payload version 2.0. */
function urlEvent(method: string, path: string, query = '', body?: string): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'shop.lambda-url.eu-west-1.localhost', 'content-type': 'application/json' },
    requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' }, stage: '$default' },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  };
}

test('an Express application answers requests of a function URL', async () => {
  await using fn = await start('express');
  const product = parsed(await fn.invoke(urlEvent('GET', '/products/7', 'size=l&size=xl')));
  assert.equal(product.statusCode, 200);
  assert.deepEqual(JSON.parse(String(product.body)), { id: '7', query: { size: ['l', 'xl'] } });
  const order = parsed(await fn.invoke(urlEvent('POST', '/orders', '', '{"item":1}')));
  assert.partialDeepStrictEqual(order, { statusCode: 201, cookies: ['order=1; Path=/; HttpOnly', 'seen=yes; Path=/'] });
  const pixel = parsed(await fn.invoke(urlEvent('GET', '/pixel.png')));
  assert.equal(pixel.isBase64Encoded, true);
  assert.equal(parsed(await fn.invoke(urlEvent('GET', '/broken'))).statusCode, 500);
});

test('a middy handler runs its middleware and logs as JSON', async () => {
  await using fn = await start('middy');
  assert.deepEqual(parsed(await fn.invoke({ items: ['tea'] })), { accepted: ['tea'] });
  assert.partialDeepStrictEqual(parsed(await fn.invoke({})), {
    errorType: 'RangeError',
    errorMessage: 'an order needs items',
  });
  const [line = ''] = (await fn.process.stop()).split('\n');
  assert.partialDeepStrictEqual(JSON.parse(line), {
    level: 'INFO',
    message: 'order received',
    service: 'orders',
    items: 1,
    function_name: 'tested',
    function_request_id: requestId(1),
    cold_start: true,
  });
});

test('a Python handler imports packages out of its own archive', async () => {
  await using fn = await start('python');
  const event = { title: 'Ölige Straße, 2. Teil', bytes: 2_500_000 };
  assert.deepEqual(parsed(await fn.invoke(event)), { slug: 'olige-strasse-2-teil', size: '2.5 MB' });
  assert.match(await fn.process.stop(), /^\[INFO\]\t\S+Z\t[-0-9a-f]{36}\tnaming Ölige Straße, 2\. Teil\n$/);
});

test('a Go function is its own bootstrap', async () => {
  await using fn = await start('go');
  assert.deepEqual(parsed(await fn.invoke({ item: 'tea', count: 2 })), {
    requestId: requestId(1),
    function: 'tested',
    text: '2 x tea',
  });
  assert.deepEqual(parsed(await fn.invoke({})), { errorMessage: 'an order needs a count', errorType: 'errorString' });
  assert.match(await fn.process.stop(), /^ordering tea\n/);
});

test('every archive is a zip with the handler at its root, the same bytes each time', async () => {
  for (const name of ['express', 'middy', 'python', 'go'] as const) {
    const zip = await realFunction(name);
    assert.equal(zip.readUInt32LE(0), 0x04034b50);
    assert.ok(zip.equals(await realFunction(name)), name);
  }
});
