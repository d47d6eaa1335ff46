import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SegmentDocument } from './segment-document.ts';
import { parseSegment } from './segment-document.ts';
import { segmentTree } from './segment-tree.ts';
import { TraceStore } from './trace-store.ts';

const traceId = (n: number): string => `1-00000000-${String(n).padStart(24, '0')}`;
const id = (n: number): string => n.toString(16).padStart(16, '0');
const segment = (n: number, trace: number, more: Partial<SegmentDocument> = {}): SegmentDocument => ({
  id: id(n),
  name: `segment ${n}`,
  trace_id: traceId(trace),
  start_time: n,
  end_time: n + 1,
  ...more,
});
const sub = (n: number, parent: number): SegmentDocument =>
  segment(n, 1, { type: 'subsegment', parent_id: id(parent) });
const limits = { traces: 3, size: 1000, documents: 5 };
const all = { limit: 100 };

test('the latest traces are kept, and no more characters than allowed', () => {
  const store = new TraceStore(limits);
  for (let n = 1; n <= 4; n += 1) store.take(segment(n, n), 10);
  assert.deepEqual(
    store.list(all).map((trace) => trace.id),
    [4, 3, 2].map(traceId),
  );
  store.take(segment(9, 4), 980);
  assert.deepEqual(
    store.list(all).map((trace) => trace.id),
    [4, 3].map(traceId),
  );
  store.take(segment(5, 5), 2000);
  assert.deepEqual(store.list(all), [], 'what is too large by itself is not kept either');
  store.take(segment(6, 6), 10);
  assert.equal(store.list(all).length, 1);
});

test('a trace has so many documents and no more; what comes again replaces what was there', () => {
  const store = new TraceStore(limits);
  for (let n = 1; n <= 9; n += 1) store.take(segment(n, 1), 1);
  store.take(segment(1, 1, { fault: true }), 1);
  const [trace] = store.list(all);
  assert.partialDeepStrictEqual(trace, { segments: 5, hasFault: true });
});

test('a trace lasts from its first begin to its last end', () => {
  const store = new TraceStore();
  store.take(segment(5, 1));
  store.take(segment(2, 1, { name: 'greeter', origin: 'AWS::Lambda', aws: { request_id: 'r' } }));
  assert.partialDeepStrictEqual(store.list({ functionName: 'greeter', limit: 1 })[0], {
    startTime: 2,
    duration: 4,
    requestIds: ['r'],
  });
  assert.deepEqual(store.list({ functionName: 'other', limit: 1 }), []);
});

test('subsegments that came by themselves are put where they belong, in any order', () => {
  const tree = segmentTree([sub(4, 3), sub(3, 2), segment(1, 1, { subsegments: [segment(2, 1)] }), sub(7, 99)]);
  assert.deepEqual(
    tree.map((root) => root.id),
    [id(1), id(7)],
  );
  assert.equal(tree[0]?.subsegments?.[0]?.subsegments?.[0]?.subsegments?.[0]?.id, id(4));
});

test('whatever functions claim to be the parent of what, every segment is there exactly once', () => {
  const number = fc.nat({ max: 8 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(number, number), { selector: ([own]) => own }), (pairs) => {
      const seen: string[] = [];
      const collect = (one: { id: string; subsegments?: readonly object[] }): void => {
        seen.push(one.id);
        for (const inner of one.subsegments ?? []) collect(inner as SegmentDocument);
      };
      segmentTree(pairs.map(([own, parent]) => sub(own, parent))).forEach(collect);
      assert.deepEqual(seen.toSorted(), pairs.map(([own]) => id(own)).toSorted());
    }),
  );
});

test('only what has the form of a segment is taken from outside', () => {
  const good = JSON.stringify(segment(1, 1, { subsegments: [segment(2, 1)] }));
  assert.equal(parseSegment(good)?.id, id(1));
  for (const bad of [
    '',
    '[]',
    'null',
    '{}',
    good.replace('1-0', '1_0'),
    good.replace('"end_time":2', '"end_time":"2"'),
  ]) {
    assert.equal(parseSegment(bad), undefined, bad);
  }
  assert.equal(parseSegment(JSON.stringify({ ...segment(1, 1), subsegments: [{ id: 'x' }] })), undefined);
  fc.assert(fc.property(fc.json(), (text) => parseSegment(text) === undefined));
});
