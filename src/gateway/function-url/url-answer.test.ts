import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvalidUrlAnswer, urlAnswer } from './url-answer.ts';

const json = ['Content-Type', 'application/json'];
const answer = (payload: string, contentType?: string) => {
  const { status, headers, body } = urlAnswer(Buffer.from(payload), contentType);
  return { status, headers, body: body.toString() };
};

/** What the function returns, and what its caller gets. Source: recorded from AWS. */
const rules = [
  ['{"statusCode":200,"body":"{\\"hello\\": \\"world\\"}"}', 200, json, '{"hello": "world"}'],
  ['{"statusCode":201,"headers":{"x-a":"b"}}', 201, ['x-a', 'b', ...json], ''],
  ['{"statusCode":200,"headers":{"content-type":"text/html"},"body":"<p>"}', 200, ['content-type', 'text/html'], '<p>'],
  [
    '{"statusCode":200,"cookies":["a=1","b=2"],"body":""}',
    200,
    [...json, 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'],
    '',
  ],
  ['{"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":true}', 200, json, 'hello'],
  ['{"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":"true"}', 200, json, 'aGVsbG8='],
  ['{"statusCode":"404","body":null}', 404, json, ''],
  ['{"statusCode":200,"body":{"a": 1}}', 200, json, '{"a":1}'],
  ['{"statusCode":200,"headers":{"n":1,"t":true,"gone":null}}', 200, ['n', '1', 't', 'true', ...json], ''],
  ['{"statusCode":200,"headers":null,"cookies":null}', 200, json, ''],
  ['{"hello": "world"}', 200, json, '{"hello":"world"}'],
  ['{"body": "only"}', 200, json, '{"body":"only"}'],
  ['"hello"', 200, json, 'hello'],
  ['""', 200, json, ''],
  ['3', 200, json, '3'],
  ['3.1', 200, json, '3.1'],
  ['true', 200, json, 'true'],
  ['["hello", 3, true]', 200, json, '["hello",3,true]'],
  ['null', 200, json, 'null'],
] as const;

for (const [returned, status, headers, body] of rules) {
  test(`${returned} becomes the answer of AWS`, () => {
    assert.deepEqual(answer(returned, 'application/json'), { status, headers, body });
  });
}

test('headers that belong to the connection are not taken over', () => {
  const connection = { Connection: 'close', 'Content-Length': '9', 'Transfer-Encoding': 'chunked', 'keep-alive': '1' };
  assert.deepEqual(answer(JSON.stringify({ statusCode: 200, headers: connection })).headers, json);
});

test('what is not JSON is the body itself, of the type that the runtime gave', () => {
  assert.deepEqual(answer('<p>', 'text/html'), { status: 200, headers: ['Content-Type', 'text/html'], body: '<p>' });
  assert.deepEqual(answer('<p>').headers, ['Content-Type', 'application/octet-stream']);
});

test('a prelude and eight zero bytes go before the body of a streamed answer', () => {
  const type = 'application/vnd.awslambda.http-integration-response';
  const prelude = '{"statusCode":202,"headers":{"x-a":"b"},"cookies":["c=1"]}';
  assert.deepEqual(answer(`${prelude}\0\0\0\0\0\0\0\0the body\0`, type), {
    status: 202,
    headers: ['x-a', 'b', ...json, 'Set-Cookie', 'c=1'],
    body: 'the body\0',
  });
  assert.equal(answer('{}\0\0\0\0\0\0\0\0', type).status, 200);
  for (const broken of ['{"statusCode":200}', 'no\0\0\0\0\0\0\0\0', '[]\0\0\0\0\0\0\0\0']) {
    assert.throws(() => answer(broken, type), InvalidUrlAnswer);
  }
});

const refused = [
  '{"statusCode":99}',
  '{"statusCode":199}',
  '{"statusCode":600}',
  '{"statusCode":200.5}',
  '{"statusCode":"no"}',
  '{"statusCode":null}',
  '{"statusCode":true}',
  '{"statusCode":{"toString":1}}',
  '{"statusCode":[200]}',
  '{"statusCode":200,"headers":[]}',
  '{"statusCode":200,"headers":"x"}',
  '{"statusCode":200,"headers":{"a":["b"]}}',
  '{"statusCode":200,"cookies":"a=1"}',
  '{"statusCode":200,"cookies":[{}]}',
];
for (const returned of refused) {
  test(`${returned} is no answer`, () => {
    assert.throws(() => answer(returned), InvalidUrlAnswer);
  });
}

test('an answer that is nested without end is refused, not the end of the daemon', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  assert.throws(() => answer(deep), InvalidUrlAnswer);
  assert.throws(() => answer(`{"statusCode":200,"body":${deep}}`), InvalidUrlAnswer);
});

test('whatever a function returns, it is an answer or refused as InvalidUrlAnswer', () => {
  const structured = fc.record(
    {
      statusCode: fc.oneof(fc.jsonValue(), fc.integer({ min: 190, max: 610 })),
      headers: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }))),
      cookies: fc.oneof(fc.jsonValue(), fc.array(fc.string())),
      body: fc.jsonValue(),
      isBase64Encoded: fc.jsonValue({ maxDepth: 0 }),
    },
    { requiredKeys: [] },
  );
  const payload = fc.oneof(
    structured.map((value) => Buffer.from(JSON.stringify(value))),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    structured.map((value) => Buffer.concat([Buffer.from(JSON.stringify(value)), Buffer.alloc(8), Buffer.from('x')])),
  );
  const type = fc.constantFrom(undefined, 'application/json', 'application/vnd.awslambda.http-integration-response');
  fc.assert(
    fc.property(payload, type, (bytes, contentType) => {
      try {
        const { status, headers } = urlAnswer(bytes, contentType);
        assert.ok(status >= 200 && status <= 599);
        assert.equal(headers.length % 2, 0);
      } catch (error) {
        if (!(error instanceof InvalidUrlAnswer)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
