import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { basicTimestamp, parseBasicTimestamp } from './basic-timestamp.ts';
import { milliseconds } from './quantity.ts';

test('a second of any day is read as it was written', () => {
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: latest }), (second) => {
      const time = milliseconds(second * 1000);
      assert.equal(parseBasicTimestamp(basicTimestamp(time)), time);
    }),
  );
  assert.equal(basicTimestamp(milliseconds(Date.UTC(2026, 0, 31, 23, 59, 59, 999))), '20260131T235959Z');
});

test('another form, and a moment that does not exist, are none', () => {
  for (const text of [
    '',
    '2026-01-31T23:59:59Z',
    '20260131T235959',
    '20260230T000000Z',
    '20261301T000000Z',
    '20260101T240000Z',
  ]) {
    assert.equal(parseBasicTimestamp(text), undefined, text);
  }
});
