import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareKeys } from './key-order.ts';
import { type ListingRequest, listKeys } from './list-keys.ts';

/** Few letters, so that prefixes are shared; some that UTF-16 and UTF-8 order differently. */
const key = fc
  .stringMatching(/^[ab/]{1,6}$/)
  .chain((text) => fc.constantFrom(text, `${text}\u{1f600}`, `${text}\uffee`));
const keys = fc.uniqueArray(key, { maxLength: 30 });
const inOrder = (all: readonly string[]): string[] =>
  all.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** Whole and slow: group, order, cut. */
function model(all: readonly string[], { prefix, delimiter }: Pick<ListingRequest, 'prefix' | 'delimiter'>): string[] {
  const entries = new Set<string>();
  for (const one of all) {
    if (!one.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : one.indexOf(delimiter, prefix.length);
    entries.add(at < 0 ? one : `${one.slice(0, at + delimiter.length)}*`);
  }
  return inOrder([...entries].map((entry) => entry.replace(/\*$/, '')));
}

test('keys are in the order of their bytes', () => {
  fc.assert(fc.property(keys, (all) => assert.deepEqual(all.toSorted(compareKeys), inOrder(all))));
});

test('pages of any size show every key or its prefix once, in order', () => {
  const request = fc.record({
    prefix: fc.constantFrom('', 'a', 'a/', 'b', 'ab/a'),
    delimiter: fc.constantFrom('', '/', 'a', '/a'),
    maxKeys: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(keys, request, (all, { prefix, delimiter, maxKeys }) => {
      const listed: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = listKeys(inOrder(all), { prefix, delimiter, maxKeys, after }, (one) => one);
        const entries = inOrder([...page.items, ...page.commonPrefixes]);
        assert.ok(entries.length <= maxKeys);
        assert.equal(page.isTruncated && entries.length < maxKeys, false);
        assert.equal(entries.at(-1), page.last);
        listed.push(...entries);
        if (!page.isTruncated) break;
        after = page.last;
      }
      assert.deepEqual(listed, model(all, { prefix, delimiter }));
    }),
  );
});

test('a key that is not shown is counted nowhere', () => {
  const page = listKeys(['a/1', 'a/2', 'b'], { prefix: '', delimiter: '/', after: undefined, maxKeys: 1 }, (one) =>
    one === 'b' ? one : undefined,
  );
  assert.deepEqual(page, { items: ['b'], commonPrefixes: [], isTruncated: false, last: 'b' });
});
