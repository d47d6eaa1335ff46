/** Bodies that are not what they should be. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { RawConnection } from '../kit/raw-connection.ts';
import { zipOf } from '../kit/zip-of.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

const functions = '/2015-03-31/functions';
const invocations = `${functions}/canary/invocations`;
const payloadLimit = 6_291_556;

suite('hostile request bodies', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const post = async (path: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await attacked.daemon.fetch(path, { method: 'POST', body: Buffer.from(body), headers });
    const text = await response.text();
    return { status: response.status, errorType: response.headers.get('x-amzn-errortype'), text };
  };

  const valid = async (more: object = {}) => ({
    FunctionName: 'created',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/r',
    Code: { ZipFile: (await zipOf({ 'index.js': 'exports.handler = async () => 1;' })).toString('base64') },
    ...more,
  });

  const notJson: Readonly<Record<string, string | Buffer>> = {
    text: 'hello',
    'a cut object': '{"FunctionName":"a"',
    XML: '<CreateFunction/>',
    'a form': 'FunctionName=a&Runtime=b',
    'bytes that are no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    'UTF-16': Buffer.from('{"FunctionName":"a"}', 'utf16le'),
    NULs: Buffer.alloc(1_000),
    'two objects': '{}{}',
    'a comment': '/* */ {}',
    NaN: '{"Timeout":NaN}',
    'gzipped JSON': gzipSync('{"FunctionName":"a"}'),
  };
  for (const [what, body] of Object.entries(notJson)) {
    test(`${what} in place of JSON is refused`, async () => {
      const { status, errorType } = await post(functions, body);
      assert.deepEqual({ status, errorType }, { status: 400, errorType: 'SerializationException' });
      const invoked = await post(invocations, body);
      assert.deepEqual([invoked.status, invoked.errorType], [400, 'InvalidRequestContentException']);
      await attacked.stillServes();
    });
  }

  test('JSON of another kind than the model is refused, member by member', async () => {
    const wrong: readonly unknown[] = [
      [],
      'text',
      42,
      true,
      ...['FunctionName', 'Timeout', 'Code', 'Environment', 'Layers', 'Publish', 'Tags', 'VpcConfig'].flatMap((name) =>
        [[{}], { a: [{}] }, 'text', 1.5, false].map((value) => ({ FunctionName: 'wrong', [name]: value })),
      ),
      { FunctionName: 'wrong', Environment: { Variables: { A: { B: 'c' } } } },
      { FunctionName: 'wrong', Code: { ZipFile: '%%% not base64 %%%' } },
      { FunctionName: 'wrong', Timeout: 1e308 },
      { FunctionName: 'wrong', MemorySize: -0.5 },
    ];
    for (const body of wrong) {
      const { status, errorType, text } = await post(functions, JSON.stringify(body));
      assert.ok(
        status === 400 && /^(Serialization|Validation|InvalidParameterValue)Exception$/.test(errorType ?? ''),
        `${JSON.stringify(body)}: ${status} ${text}`,
      );
    }
    await attacked.stillServes();
  });

  test('members that the model does not know are passed over, and none reaches a prototype', async () => {
    const extra =
      '"unknown":{"deep":[1,{"x":null}]},"__proto__":{"polluted":"yes","Timeout":9},"constructor":{"prototype":{"polluted":"yes"}},"hasOwnProperty":1';
    const body = JSON.stringify(await valid({ FunctionName: 'polluted', Tags: { constructor: 'a', toString: 'b' } }));
    const tags = body.replace('"Tags":{', '"Tags":{"__proto__":"c",');
    const { status, text } = await post(functions, `{${extra},${tags.slice(1)}`);
    assert.equal(status, 201, text);
    assert.equal((JSON.parse(text) as { Timeout: number }).Timeout, 3);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    const found = await (await attacked.daemon.fetch(`${functions}/polluted`)).json();
    const kept = Object.entries((found as { Tags: object }).Tags);
    assert.deepEqual(
      kept.toSorted(([a], [b]) => (a < b ? -1 : 1)),
      [
        ['__proto__', 'c'],
        ['constructor', 'a'],
        ['toString', 'b'],
      ],
    );
  });

  test('of a key that is there twice the last one counts', async () => {
    const body = JSON.stringify(await valid({ FunctionName: 'twice', Timeout: 5 }));
    const { status, text } = await post(functions, `{"Timeout":"first",${body.slice(1)}`);
    assert.equal(status, 201, text);
    assert.equal((JSON.parse(text) as { Timeout: number }).Timeout, 5);
  });

  test('the content type is not asked for', async () => {
    for (const type of ['text/html', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense', ';;;']) {
      assert.deepEqual(await post(invocations, '{"a":1}', { 'content-type': type }), {
        status: 200,
        errorType: null,
        text: '{"a":1}',
      });
    }
  });

  test('nesting is bounded by nothing but the size, and costs no stack', async () => {
    for (const depth of [10_000, 1_000_000]) {
      const arrays = '['.repeat(depth) + ']'.repeat(depth);
      const objects = '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
      for (const body of [arrays, objects, '['.repeat(depth), '{"a":'.repeat(depth)]) {
        const created = await post(functions, body);
        assert.equal(created.status, 400);
        const { status } = await post(invocations, body);
        assert.ok(status === 200 || status === 400, `${status}`);
      }
      const nested = JSON.stringify(await valid({ FunctionName: `deep-${depth}` }));
      assert.equal((await post(functions, `{"unknown":${objects},${nested.slice(1)}`)).status, 201);
    }
    await attacked.stillServes();
  });

  test('a payload of the largest size is served, and one byte more is refused by its length or by its bytes', async () => {
    const largest = `"${'x'.repeat(payloadLimit - 2)}"`;
    assert.equal((await post(invocations, largest)).text.length, payloadLimit);
    const stream = () =>
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < 8; at += 1) controller.enqueue(Buffer.alloc(1024 * 1024, 0x20));
          controller.close();
        },
      });
    const chunked = { method: 'POST', body: stream(), duplex: 'half' } as RequestInit;
    for (const response of [
      await attacked.daemon.fetch(invocations, { method: 'POST', body: `${largest} ` }),
      await attacked.daemon.fetch(invocations, chunked),
    ]) {
      assert.equal(response.status, 413);
      assert.equal(response.headers.get('x-amzn-errortype'), 'RequestTooLargeException');
      assert.match(
        await response.text(),
        /Request must be smaller than 6291556 bytes for the InvokeFunction operation/,
      );
    }
    await attacked.stillServes();
  });

  test('a length that is beyond everything is refused before a byte of it is read', async () => {
    for (const length of ['70167212', '99999999999999', '9007199254740993']) {
      using connection = await RawConnection.open(`127.0.0.1:${attacked.daemon.port}`);
      void connection.write(`POST ${functions} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n{`);
      assert.match(await connection.until(/\r\n\r\n/), /^HTTP\/1\.1 413 /);
    }
    await attacked.stillServes();
  });

  test('an operation that takes no body does not mind one', async () => {
    const fn = await attacked.daemon.function({ code: { 'index.js': '' } });
    const response = await attacked.daemon.fetch(`${functions}/${fn.name}`, {
      method: 'DELETE',
      body: 'x'.repeat(100_000),
    });
    assert.equal(response.status, 204);
    await attacked.stillServes();
  });
});
