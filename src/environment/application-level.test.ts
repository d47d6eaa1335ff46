import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSeriousEnough } from './application-level.ts';

test('a JSON document is logged by its level, which is INFO when it says none', () => {
  assert.equal(isSeriousEnough('{"level":"debug"}', 'INFO'), false);
  assert.equal(isSeriousEnough('{"level":"debug"}', 'DEBUG'), true);
  assert.equal(isSeriousEnough('{"level":"ERROR"}', 'ERROR'), true);
  assert.equal(isSeriousEnough('{"log_level":"ERROR"}', 'ERROR'), true);
  assert.equal(isSeriousEnough('{"message":"m"}', 'INFO'), true);
  assert.equal(isSeriousEnough('{"message":"m"}', 'WARN'), false);
  assert.equal(isSeriousEnough('{"level":"toString"}', 'WARN'), false);
  assert.equal(isSeriousEnough('{"level":7}', 'TRACE'), true);
});

test('what is not a JSON document is logged at every level', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.ok(isSeriousEnough(`plain ${text}`, 'FATAL'));
      assert.ok(isSeriousEnough(`{${text}{`, 'FATAL'));
    }),
  );
});
