import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashKeyOf, lastHashKey, uniformRanges } from './hash-key.ts';

test('a partition key has the hash key that its MD5 is', () => {
  // "a" is 0cc175b9c0f1b6a831c399e269772661 by RFC 1321, appendix A.5.
  assert.equal(hashKeyOf('a'), 0x0cc175b9c0f1b6a831c399e269772661n);
  assert.equal(hashKeyOf('ü'), BigInt(`0x${createHash('md5').update(Buffer.from('ü')).digest('hex')}`));
});

test('uniform ranges cover all hash keys without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
      const ranges = uniformRanges(count);
      assert.equal(ranges.length, count);
      assert.equal(ranges[0]?.start, 0n);
      assert.equal(ranges.at(-1)?.end, lastHashKey);
      for (const [at, { start }] of ranges.entries()) if (at > 0) assert.equal(start, (ranges[at - 1]?.end ?? 0n) + 1n);
    }),
  );
});
