import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeIterator, encodeIterator, javaDate } from './shard-iterator.ts';

test('an iterator comes back as it was handed out, and fits the length that the model allows', () => {
  const iterator = fc.record({
    streamName: fc.stringMatching(/^[a-zA-Z0-9_.-]{1,128}$/),
    streamCreated: fc.nat(2 ** 43),
    shardId: fc.constant('shardId-000000000012'),
    position: fc.bigInt({ min: 0n, max: 2n ** 186n }),
    issued: fc.nat(2 ** 43),
  });
  fc.assert(
    fc.property(iterator, (given) => {
      const text = encodeIterator(given);
      assert.ok(text.length <= 512);
      assert.deepEqual(decodeIterator(text), { ...given });
    }),
  );
});

test('anything else is none', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(decodeIterator(text), undefined)));
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  for (const text of [
    'lambdad-1:s:1:shard:1',
    'lambdad-1:s:1:shard:_:1',
    'lambdad-1:s:x:shard:1:1',
    'lambdad-2:s:1:a:1:1',
  ]) {
    assert.equal(decodeIterator(base64(text)), undefined, text);
  }
});

test('times in messages are written as Java does', () => {
  assert.equal(javaDate(Date.UTC(2021, 9, 10, 5, 17, 11)), 'Sun Oct 10 05:17:11 UTC 2021');
});
