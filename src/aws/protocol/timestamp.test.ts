import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const time = new Date('2026-02-03T04:05:06.789Z');

test('a time has three forms', () => {
  assert.equal(formatTimestamp(time, 'epoch-seconds'), 1770091506.789);
  assert.equal(formatTimestamp(time, 'date-time'), '2026-02-03T04:05:06.789Z');
  assert.equal(formatTimestamp(time, 'http-date'), 'Tue, 03 Feb 2026 04:05:06 GMT');
});

test('what was written is read back', () => {
  const dates = fc.date({ min: new Date(0), max: new Date('2999-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, fc.constantFrom('epoch-seconds', 'date-time', 'http-date'), (date, format) => {
      const expected = format === 'http-date' ? Math.floor(date.getTime() / 1000) * 1000 : date.getTime();
      assert.equal(parseTimestamp(formatTimestamp(date, format), format)?.getTime(), expected);
    }),
  );
});

test('what is no time in its form is nothing', () => {
  for (const format of ['epoch-seconds', 'date-time', 'http-date'] as const) {
    for (const text of ['', 'yesterday', '2026-13-40T99:00:00Z', 'Mon, 99 Foo 2026 00:00:00 GMT', '1e400']) {
      assert.equal(parseTimestamp(text, format), undefined, `${text} as ${format}`);
    }
  }
  assert.equal(parseTimestamp(1e300, 'epoch-seconds'), undefined);
});
