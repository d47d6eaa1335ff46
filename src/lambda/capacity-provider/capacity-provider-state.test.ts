import assert from 'node:assert/strict';
import test from 'node:test';
import { InvalidTransition } from '../../kernel/state-machine.ts';
import { type CapacityProviderState, transition } from './capacity-provider-state.ts';

const states: readonly CapacityProviderState[] = ['Pending', 'Active', 'Failed', 'Deleting'];
const allowed: readonly string[] = [
  'Pending Active',
  'Pending Failed',
  'Pending Deleting',
  'Active Deleting',
  'Failed Deleting',
];

test('of all pairs of states exactly the listed ones are transitions', () => {
  for (const from of states) {
    for (const to of states) {
      if (allowed.includes(`${from} ${to}`)) assert.equal(transition(from, to), to);
      else assert.throws(() => transition(from, to), InvalidTransition, `${from} ${to}`);
    }
  }
});
