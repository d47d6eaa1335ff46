import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { printLiteral } from './print-literal.ts';

const key = fc.oneof(fc.string(), fc.constantFrom('name', "it's", '"quoted"', 'a-b'));
const data = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.boolean(), tie('list'), tie('record')),
  list: fc.array(tie('value')),
  record: fc.dictionary(
    key.filter((text) => text !== '__proto__'),
    tie('value'),
    { noNullPrototype: true },
  ),
})).value;

test('what is printed reads as the same data', () => {
  fc.assert(
    fc.property(data, (value) => {
      const read: unknown = runInNewContext(`(${printLiteral(value)})`);
      assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what fits stands on one line, the rest one entry a line', () => {
  assert.equal(printLiteral({ a: [1, 'two'], 'b-c': true }), "{ a: [1, 'two'], 'b-c': true }");
  const long = 'x'.repeat(70);
  assert.equal(printLiteral({ a: long, b: long }), `{\n  a: '${long}',\n  b: '${long}',\n}`);
});
