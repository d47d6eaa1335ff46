import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds, seconds } from '../kernel/quantity.ts';
import { timeoutLine } from './timeout-line.ts';

test('a time-out has its time, its request and its limit', () => {
  assert.equal(
    timeoutLine(milliseconds(Date.UTC(2026, 0, 1)), 'id', seconds(3)),
    '2026-01-01T00:00:00.000Z id Task timed out after 3.00 seconds',
  );
});
