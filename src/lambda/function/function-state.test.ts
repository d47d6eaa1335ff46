import assert from 'node:assert/strict';
import test from 'node:test';
import { InvalidTransition } from '../../kernel/state-machine.ts';
import { type FunctionState, transition } from './function-state.ts';
import { stateOutput } from './state-output.ts';

const failure = { code: 'InternalError', reason: 'because' };
const states: readonly FunctionState[] = [
  { kind: 'pending' },
  { kind: 'snapshotting' },
  { kind: 'active' },
  { kind: 'updating' },
  { kind: 'failed', ...failure },
  { kind: 'update-failed', ...failure },
];
const allowed = new Set([
  'pending active',
  'pending failed',
  'snapshotting active',
  'snapshotting failed',
  'active updating',
  'updating active',
  'updating update-failed',
  'failed pending',
  'update-failed updating',
]);

test('of all 36 pairs of states just these transitions are allowed', () => {
  for (const from of states) {
    for (const to of states) {
      const pair = `${from.kind} ${to.kind}`;
      if (allowed.has(pair)) assert.equal(transition(from, to), to, pair);
      else assert.throws(() => transition(from, to), InvalidTransition, pair);
    }
  }
});

test('each state reads as AWS writes it', () => {
  const creating = 'The function is being created.';
  const inProgress = {
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: creating,
    LastUpdateStatusReasonCode: 'Creating',
  };
  const failedUpdate = {
    LastUpdateStatus: 'Failed',
    LastUpdateStatusReason: 'because',
    LastUpdateStatusReasonCode: 'InternalError',
  };
  assert.deepEqual(states.map(stateOutput), [
    { State: 'Pending', StateReason: creating, StateReasonCode: 'Creating' },
    { State: 'Pending', StateReason: creating, StateReasonCode: 'Creating', ...inProgress },
    { State: 'Active', LastUpdateStatus: 'Successful' },
    { State: 'Active', ...inProgress },
    { State: 'Failed', StateReason: 'because', StateReasonCode: 'InternalError', ...failedUpdate },
    { State: 'Active', ...failedUpdate },
  ]);
});
