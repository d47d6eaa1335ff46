import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SortedMap } from './sorted-map.ts';

const key = fc.string({ maxLength: 2 });
const bound = fc.option(key, { nil: undefined });

test('a sorted map is a map whose keys are in order, within any bounds and in both directions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.option(fc.integer(), { nil: undefined }))),
      fc.record({ gt: bound, gte: bound, lt: bound, lte: bound, reverse: fc.boolean() }),
      (writes, { gt, gte, lt, lte, reverse }) => {
        const sorted = new SortedMap<number>();
        const model = new Map<string, number>();
        for (const [name, value] of writes) {
          if (value === undefined) {
            sorted.delete(name);
            model.delete(name);
          } else {
            sorted.set(name, value);
            model.set(name, value);
          }
        }
        assert.equal(sorted.size, model.size);
        const expected = [...model]
          .filter(
            ([name]) =>
              (gt === undefined || name > gt) &&
              (gte === undefined || name >= gte) &&
              (lt === undefined || name < lt) &&
              (lte === undefined || name <= lte),
          )
          .toSorted(([one], [other]) => (one < other ? -1 : 1));
        const range = {
          ...(gt === undefined ? {} : { gt }),
          ...(gte === undefined ? {} : { gte }),
          ...(lt === undefined ? {} : { lt }),
          ...(lte === undefined ? {} : { lte }),
          reverse,
        };
        assert.deepEqual([...sorted.entries(range)], reverse ? expected.toReversed() : expected);
      },
    ),
  );
});
