import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSequenceNumber, sequenceNumber } from './sequence-number.ts';

const parts = fc.record({
  generation: fc.integer({ min: 0, max: 2 ** 47 }),
  counter: fc.bigInt({ min: 0n, max: 2n ** 61n - 1n }),
  arrival: fc.integer({ min: 0, max: 2 ** 43 }),
  shardIndex: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

test('a sequence number tells what it was made of', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const number = sequenceNumber(given);
      assert.deepEqual(parseSequenceNumber(String(number)), { number, parts: { ...given } });
    }),
  );
});

test('numbers have one length, so that they compare as text too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 43 }), fc.bigInt({ min: 0n, max: 2n ** 61n - 1n }), (time, counter) => {
      const number = sequenceNumber({ generation: time, counter, arrival: time, shardIndex: 7 });
      assert.match(String(number), /^\d{56}$/);
    }),
  );
});

test('a later generation is after every number of an earlier one, a later record after an earlier one', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(one.generation !== other.generation || one.counter !== other.counter);
      const isBefore =
        one.generation === other.generation ? one.counter < other.counter : one.generation < other.generation;
      assert.equal(sequenceNumber(one) < sequenceNumber(other), isBefore);
    }),
  );
});

test('what nobody handed out is nothing', () => {
  for (const text of ['', '0', '1', '-5', '1.5', 'x', '9'.repeat(129), '1'.repeat(400)]) {
    assert.equal(parseSequenceNumber(text), undefined, text);
  }
});
