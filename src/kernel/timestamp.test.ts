import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from './quantity.ts';
import { isoTimestamp, requestTime } from './timestamp.ts';

test('a point in time is written in ISO 8601 and in the form of HTTP API events', () => {
  const time = milliseconds(Date.UTC(2026, 0, 31, 23, 59, 59, 123));
  assert.equal(isoTimestamp(time), '2026-01-31T23:59:59.123Z');
  assert.equal(requestTime(time), '31/Jan/2026:23:59:59 +0000');
});

test('the event form names the same second as the ISO form', () => {
  const epoch = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(epoch, (time) => {
      const [, day, month, year, rest] = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) \+0000$/.exec(
        requestTime(milliseconds(time)),
      ) ?? ['', '', '', '', ''];
      assert.equal(Date.parse(`${day} ${month} ${year} ${rest} GMT`), Math.floor(time / 1000) * 1000);
    }),
  );
});
