import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SortedMap } from './sorted-map.ts';

test('it holds what a plain map holds, in order, from any key on', () => {
  const key = fc.nat(20);
  const step = fc.oneof(fc.tuple(fc.constant('set'), key, fc.nat()), fc.tuple(fc.constant('delete'), key, fc.nat()));
  fc.assert(
    fc.property(fc.array(step), fc.option(key, { nil: undefined }), fc.nat(10), (steps, after, limit) => {
      const sorted = new SortedMap<number, number>();
      const plain = new Map<number, number>();
      for (const [what, at, value] of steps) {
        if (what === 'set') {
          sorted.set(at, value);
          plain.set(at, value);
        } else {
          sorted.delete(at);
          plain.delete(at);
        }
      }
      const expected = [...plain]
        .sort(([a], [b]) => a - b)
        .filter(([at]) => after === undefined || at > after)
        .slice(0, limit)
        .map(([, value]) => value);
      assert.deepEqual(sorted.after(after, limit), expected);
      assert.equal(sorted.size, plain.size);
    }),
  );
});
