import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidTransition, StateMachine, type TransitionTable } from './state-machine.ts';

type Light = 'red' | 'green' | 'amber';
const table = { red: ['green'], green: ['amber'], amber: ['red'] } as const satisfies TransitionTable<Light>;

test('a transition that the table lists is made', () => {
  const machine = new StateMachine<Light>('light', table, 'red');
  assert.equal(machine.can('green'), true);
  machine.transition('green');
  assert.equal(machine.state, 'green');
});

test('any other transition is refused by name, and the state stays', () => {
  const machine = new StateMachine<Light>('light', table, 'red');
  assert.equal(machine.can('amber'), false);
  assert.throws(
    () => machine.transition('amber'),
    (error) => error instanceof InvalidTransition && error.message === 'light cannot go from red to amber',
  );
  assert.throws(() => machine.transition('red'), InvalidTransition);
  assert.equal(machine.state, 'red');
});
