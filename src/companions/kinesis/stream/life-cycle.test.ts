import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidTransition, StateMachine } from '../../../kernel/state-machine.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { LifeCycle, type LifeState, lifeTable, settling } from './life-cycle.ts';

test('every pair of states is allowed or refused as the table says', () => {
  const allowed = new Set([
    'CREATING ACTIVE',
    'CREATING DELETING',
    'ACTIVE UPDATING',
    'ACTIVE DELETING',
    'UPDATING ACTIVE',
    'UPDATING DELETING',
    'DELETING GONE',
  ]);
  const states = Object.keys(lifeTable) as LifeState[];
  for (const from of states) {
    for (const to of states) {
      const machine = new StateMachine('life', lifeTable, from);
      if (allowed.has(`${from} ${to}`)) machine.transition(to);
      else assert.throws(() => machine.transition(to), InvalidTransition, `${from} ${to}`);
    }
  }
});

test('what passes by itself ends by the clock', async () => {
  const clock = new VirtualClock();
  const life = new LifeCycle(clock, 'stream s');
  assert.equal(life.state, 'CREATING');
  const settled = life.settled(new AbortController().signal);
  clock.advance(settling);
  await settled;
  assert.equal(life.state, 'ACTIVE');
  life.begin('UPDATING');
  assert.equal(life.state, 'UPDATING');
  assert.throws(() => life.begin('UPDATING'), InvalidTransition);
  clock.advance(settling);
  assert.equal(life.state, 'ACTIVE');
  life.begin('DELETING');
  clock.advance(settling);
  assert.equal(life.state, 'GONE');
});

test('who does not wait any longer holds no timer', async () => {
  const clock = new VirtualClock();
  const gone = new AbortController();
  const settled = new LifeCycle(clock, 'stream s').settled(gone.signal);
  assert.equal(clock.waiting, 1);
  gone.abort();
  await settled;
  assert.equal(clock.waiting, 0);
});
