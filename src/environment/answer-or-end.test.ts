import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { AnswerOrEnd } from './answer-or-end.ts';
import type { RunOutcome } from './environment-outcome.ts';

function taken() {
  const clock = new VirtualClock();
  const outcomes: RunOutcome[] = [];
  return { clock, outcomes, answer: new AnswerOrEnd(clock, (outcome) => outcomes.push(outcome)) };
}

test('a whole answer settles the run at once', () => {
  const { clock, outcomes, answer } = taken();
  answer.answered({ kind: 'streamed', size: bytes(3), error: undefined });
  assert.deepEqual(outcomes, [{ kind: 'streamed', size: 3, error: undefined }]);
  assert.equal(clock.waiting, 0);
});

test('one that is cut off counts as truncated when the process lives on', () => {
  const { clock, outcomes, answer } = taken();
  answer.answered({ kind: 'cut-off', size: bytes(3) });
  assert.equal(outcomes.length, 0);
  clock.advance(milliseconds(1000));
  const payload = '{"errorType":"Runtime.TruncatedResponse","errorMessage":"Response is incomplete"}';
  const error = { errorType: 'Runtime.TruncatedResponse', payload: Buffer.from(payload) };
  assert.deepEqual(outcomes, [{ kind: 'streamed', size: 3, error }]);
});

test('when the process ends meanwhile, that is the outcome and nothing comes after it', () => {
  const { clock, outcomes, answer } = taken();
  answer.answered({ kind: 'cut-off', size: bytes(3) });
  answer[Symbol.dispose]();
  clock.advance(milliseconds(5000));
  assert.deepEqual([outcomes, clock.waiting], [[], 0]);
});
