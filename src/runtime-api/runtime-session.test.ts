import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEvent } from '../../test/kit/sample-event.ts';
import { bytes } from '../kernel/quantity.ts';
import { StateMachine } from '../kernel/state-machine.ts';
import type { InitAnswer, RuntimeAnswer, RuntimeEvent } from './runtime-event.ts';
import { RuntimeSession } from './runtime-session.ts';
import { type RuntimeSessionState, runtimeSessionTransitions } from './runtime-session-state.ts';

const response: RuntimeAnswer = { kind: 'response', payload: Buffer.from('"done"'), contentType: undefined };

function openSession() {
  const initialised: InitAnswer[] = [];
  const record = { initialised, idle: 0, delivered: [] as string[], answers: [] as RuntimeAnswer[] };
  const session = new RuntimeSession(
    (answer) => initialised.push(answer),
    () => {
      record.idle += 1;
    },
  );
  return {
    session,
    record,
    next: () => session.next((event) => record.delivered.push(event.requestId)),
    invoke: (id: string) => session.invoke(sampleEvent(id), (answer) => record.answers.push(answer)),
  };
}

const states = ['booting', 'restoring', 'idle', 'running', 'responding', 'exited'] as const;
const allowed = new Set([
  'booting restoring',
  'booting idle',
  'restoring idle',
  'restoring exited',
  'booting exited',
  'idle running',
  'idle exited',
  'running responding',
  'running exited',
  'responding idle',
  'responding exited',
]);

test('of the 36 pairs of states exactly the 11 of the table can be walked', () => {
  for (const from of states) {
    for (const to of states) {
      const machine = new StateMachine<RuntimeSessionState>('runtime session', runtimeSessionTransitions, from);
      assert.equal(machine.can(to), allowed.has(`${from} ${to}`), `${from} → ${to}`);
    }
  }
});

test('an event is handed to the request that waits, and its answer comes back', () => {
  const { session, record, next, invoke } = openSession();
  assert.equal(next(), undefined);
  assert.deepEqual(record.initialised, [{ kind: 'ready' }]);
  assert.equal(record.idle, 1);
  invoke('a');
  assert.deepEqual(record.delivered, ['a']);
  assert.equal(session.current?.requestId, 'a');
  assert.equal(session.answer('a', response), undefined);
  assert.deepEqual(record.answers, [response]);
  assert.equal(session.state, 'responding');
  assert.equal(session.current, undefined);
});

test('an event that comes before the request waits for it', () => {
  const { record, session, next, invoke } = openSession();
  next();
  invoke('a');
  session.answer('a', response);
  invoke('b');
  assert.deepEqual(record.delivered, ['a']);
  next();
  assert.deepEqual(record.delivered, ['a', 'b']);
  assert.equal(record.idle, 1);
});

test('an event is not lost when the connection on which the request waited is gone', () => {
  const { session, record, next, invoke } = openSession();
  const lost: string[] = [];
  const delivery = (event: RuntimeEvent): void => void lost.push(event.requestId);
  session.next(delivery);
  session.unpark(delivery);
  invoke('a');
  assert.equal(session.mayAnswer('a'), 'InvalidStateTransition');
  next();
  assert.deepEqual(lost, []);
  assert.deepEqual(record.delivered, ['a']);
});

test('of two requests that wait the newer gets the event, and the end of the older changes nothing', () => {
  const { session, record, next, invoke } = openSession();
  const older = (): void => assert.fail('the older request was served');
  session.next(older);
  next();
  session.unpark(older);
  invoke('a');
  assert.deepEqual(record.delivered, ['a']);
});

test("a stranger's request id, a second answer and a request while one runs are refused", () => {
  const { session, record, next, invoke } = openSession();
  assert.equal(session.mayAnswer('a'), 'InvalidRequestID');
  next();
  invoke('a');
  assert.equal(next(), 'InvalidStateTransition');
  assert.equal(session.answer('b', response), 'InvalidRequestID');
  assert.equal(session.answer('a', { kind: 'too-large', size: bytes(9), limit: bytes(8) }), undefined);
  assert.equal(session.answer('a', response), 'InvalidRequestID');
  assert.deepEqual(record.answers, [{ kind: 'too-large', size: 9, limit: 8 }]);
});

test('an init error is reported once; after it the runtime is heard no more', () => {
  const { session, record, next } = openSession();
  assert.equal(session.initError(Buffer.from('{}'), 'Runtime.ImportModuleError'), undefined);
  assert.equal(session.initError(Buffer.from('{}'), 'Again'), 'InvalidStateTransition');
  assert.equal(next(), 'InvalidStateTransition');
  assert.deepEqual(record.initialised, [
    { kind: 'init-error', payload: Buffer.from('{}'), errorType: 'Runtime.ImportModuleError' },
  ]);
});

test('an init error after the first request is refused', () => {
  const { session, next } = openSession();
  next();
  assert.equal(session.initError(Buffer.from('{}'), 'Late'), 'InvalidStateTransition');
});

test('a closed session answers nothing; who asks it for an event waits', () => {
  const { session, record, next, invoke } = openSession();
  next();
  invoke('a');
  session.close();
  session.close();
  assert.equal(next(), undefined);
  assert.equal(session.answer('a', response), 'InvalidRequestID');
  assert.deepEqual(record.answers, []);
});

test('a runtime is restored once, after its start and before its first event', () => {
  const asked: (() => void)[] = [];
  const initialised: InitAnswer[] = [];
  const session = new RuntimeSession(
    (answer) => initialised.push(answer),
    () => {},
    (proceed) => asked.push(proceed),
  );
  let restored = 0;
  const restore = () => session.restoreNext(() => (restored += 1));
  assert.equal(session.restoreError('Early'), 'InvalidStateTransition');
  assert.equal(restore(), undefined);
  assert.equal(restore(), 'InvalidStateTransition');
  assert.equal(session.initError(Buffer.from('{}'), 'Late'), 'InvalidStateTransition');
  assert.deepEqual([asked.length, restored, initialised], [1, 0, []]);
  asked[0]?.();
  assert.equal(restored, 1);
  assert.equal(
    session.next(() => {}),
    undefined,
  );
  assert.deepEqual(initialised, [{ kind: 'ready' }]);
  assert.equal(restore(), 'InvalidStateTransition');
});

test('a runtime whose hook fails after the restore is done', () => {
  const initialised: InitAnswer[] = [];
  const session = new RuntimeSession(
    (answer) => initialised.push(answer),
    () => {},
    (proceed) => proceed(),
  );
  session.restoreNext(() => {});
  assert.equal(session.restoreError('Runtime.AfterRestoreError'), undefined);
  assert.deepEqual(initialised, [{ kind: 'restore-error', errorType: 'Runtime.AfterRestoreError' }]);
  assert.equal(session.state, 'exited');
});

test('a runtime that does not start from a snapshot is not restored', () => {
  const { session } = openSession();
  assert.equal(
    session.restoreNext(() => {}),
    'InvalidStateTransition',
  );
});
