import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../aws/service-error.ts';
import { clientContextOf } from './client-context.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const refused = (error: unknown): boolean =>
  error instanceof ServiceError && error.code === 'InvalidRequestContentException';

test('an object comes through as JSON in ASCII on one line, which means the same', () => {
  assert.equal(clientContextOf(undefined), undefined);
  assert.equal(
    clientContextOf(base64('{\n "custom": {"name": "J\u00fcrgen \u{1f98a}"}\n}')),
    '{"custom":{"name":"J\\u00fcrgen \\ud83e\\udd8a"}}',
  );
  const object = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), {
    maxKeys: 5,
  });
  fc.assert(
    fc.property(object, (value) => {
      const json = JSON.stringify(value);
      fc.pre(base64(json).length <= 3583);
      const context = clientContextOf(base64(json)) ?? '';
      assert.match(context, /^[\x20-\x7e]+$/);
      assert.deepEqual(JSON.parse(context), JSON.parse(json));
    }),
  );
});

for (const text of ['', 'no json', 'null', '3', '"text"', '[1]', '{"a":']) {
  test(`${JSON.stringify(text)} is no client context`, () => {
    assert.throws(() => clientContextOf(base64(text)), refused);
  });
}

test('what is not base64, or longer than 3,583 bytes of it, is refused', () => {
  assert.throws(() => clientContextOf('%%%'), refused);
  const longest = base64(JSON.stringify({ a: 'x'.repeat(2677) }));
  assert.equal(longest.length <= 3583, true);
  clientContextOf(longest);
  assert.throws(() => clientContextOf('e'.repeat(3584)), refused);
});
