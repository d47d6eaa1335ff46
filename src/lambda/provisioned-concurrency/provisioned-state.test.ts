import assert from 'node:assert/strict';
import test from 'node:test';
import { InvalidTransition } from '../../kernel/state-machine.ts';
import { type ProvisionedState, provisionedTransitions, transition } from './provisioned-state.ts';

const states: readonly ProvisionedState[] = [
  { kind: 'in-progress' },
  { kind: 'ready' },
  { kind: 'failed', reason: 'FUNCTION_ERROR_INIT_FAILURE' },
];

test('every pair of states is either in the table or refused', () => {
  const allowed = states.flatMap((from) =>
    states
      .filter((to) => {
        try {
          return transition(from, to) === to;
        } catch (error) {
          assert.ok(error instanceof InvalidTransition);
          return false;
        }
      })
      .map((to) => `${from.kind} → ${to.kind}`),
  );
  const listed = Object.entries(provisionedTransitions).flatMap(([from, to]) => to.map((kind) => `${from} → ${kind}`));
  assert.deepEqual(allowed.toSorted(), listed.toSorted());
  assert.equal(allowed.length, 5);
});
