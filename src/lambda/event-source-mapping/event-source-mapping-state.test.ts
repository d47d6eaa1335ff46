import assert from 'node:assert/strict';
import test from 'node:test';
import { InvalidTransition } from '../../kernel/state-machine.ts';
import { isOnItsWay, type MappingState, transition } from './event-source-mapping-state.ts';

const states: readonly MappingState[] = [
  'Creating',
  'Enabling',
  'Enabled',
  'Disabling',
  'Disabled',
  'Updating',
  'Deleting',
];

const allowed: readonly string[] = [
  'Creating Enabled',
  'Creating Disabled',
  'Enabling Enabled',
  'Enabling Disabled',
  'Enabled Disabling',
  'Enabled Updating',
  'Enabled Deleting',
  'Disabling Disabled',
  'Disabled Enabling',
  'Disabled Updating',
  'Disabled Deleting',
  'Updating Enabled',
  'Updating Disabled',
];

test('of all pairs of states exactly the listed ones are transitions', () => {
  for (const from of states) {
    for (const to of states) {
      if (allowed.includes(`${from} ${to}`)) assert.equal(transition(from, to), to);
      else assert.throws(() => transition(from, to), InvalidTransition, `${from} ${to}`);
    }
  }
});

test('a mapping rests only enabled or disabled', () => {
  assert.deepEqual(
    states.filter((state) => !isOnItsWay(state)),
    ['Enabled', 'Disabled'],
  );
});
