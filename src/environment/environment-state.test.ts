import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StateMachine } from '../kernel/state-machine.ts';
import { type EnvironmentState, environmentTransitions } from './environment-state.ts';

const states = [
  'starting',
  'initialising',
  'ready',
  'busy',
  'frozen',
  'failed',
  'restarting',
  'stopping',
  'stopped',
] as const satisfies readonly EnvironmentState[];

/** Written a second time on purpose: a change of the table must be meant. */
const allowed = new Set([
  'starting initialising',
  'starting failed',
  'starting stopping',
  'initialising ready',
  'initialising failed',
  'initialising restarting',
  'initialising stopping',
  'ready busy',
  'ready frozen',
  'ready restarting',
  'ready failed',
  'ready stopping',
  'busy ready',
  'busy restarting',
  'busy stopping',
  'frozen ready',
  'frozen failed',
  'frozen stopping',
  'failed restarting',
  'failed stopping',
  'restarting initialising',
  'restarting failed',
  'restarting stopping',
  'stopping stopped',
]);

test('of the 81 pairs of states exactly the 24 of the table can be walked', () => {
  for (const from of states) {
    for (const to of states) {
      const machine = new StateMachine<EnvironmentState>('environment', environmentTransitions, from);
      assert.equal(machine.can(to), allowed.has(`${from} ${to}`), `${from} → ${to}`);
    }
  }
});
