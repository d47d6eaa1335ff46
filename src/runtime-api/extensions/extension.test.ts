import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../../kernel/quantity.ts';
import { StateMachine } from '../../kernel/state-machine.ts';
import { Extension } from './extension.ts';
import type { ExtensionEvent } from './extension-event.ts';
import { type ExtensionState, extensionTransitions } from './extension-state.ts';

const invoke: ExtensionEvent = {
  eventType: 'INVOKE',
  deadlineMs: milliseconds(1),
  requestId: 'a',
  invokedFunctionArn: 'arn',
  tracing: { type: 'X-Amzn-Trace-Id', value: 'Root=1' },
};
const shutdown: ExtensionEvent = { eventType: 'SHUTDOWN', shutdownReason: 'spindown', deadlineMs: milliseconds(1) };

const states = ['started', 'registered', 'ready', 'running', 'init-error', 'exit-error', 'shutdown'] as const;
const allowed = new Set([
  ...['started registered', 'started shutdown'],
  ...['registered ready', 'registered init-error', 'registered exit-error', 'registered shutdown'],
  ...['ready running', 'ready exit-error', 'ready shutdown'],
  ...['running ready', 'running exit-error', 'running shutdown'],
  ...['init-error shutdown', 'exit-error shutdown'],
]);

test('of the 49 pairs of states exactly the 14 of the table can be walked', () => {
  for (const from of states) {
    for (const to of states) {
      const machine = new StateMachine<ExtensionState>('extension', extensionTransitions, from);
      assert.equal(machine.can(to), allowed.has(`${from} ${to}`), `${from} → ${to}`);
    }
  }
});

function registered(...events: ('INVOKE' | 'SHUTDOWN')[]) {
  const extension = new Extension('watcher', 'external');
  extension.register('id', events);
  const heard: string[] = [];
  return { extension, heard, next: () => extension.next(({ eventType }) => heard.push(eventType)) };
}

test('an event goes to the request that waits, or waits for the next one', () => {
  const { extension, heard, next } = registered('INVOKE', 'SHUTDOWN');
  next();
  assert.equal(extension.idle, true);
  extension.tell(invoke);
  assert.deepEqual([heard, extension.state, extension.idle], [['INVOKE'], 'running', false]);
  extension.tell(shutdown);
  assert.deepEqual(heard, ['INVOKE']);
  next();
  assert.deepEqual([heard, extension.state], [['INVOKE', 'SHUTDOWN'], 'shutdown']);
  assert.equal(next()?.errorType, 'Extension.InvalidExtensionState');
});

test('an event is not lost with the connection on which it was waited for', () => {
  const { extension, heard, next } = registered('INVOKE');
  const lost = (): void => assert.fail('told on a connection that is gone');
  extension.next(lost);
  extension.unpark(lost);
  extension.tell(invoke);
  assert.equal(extension.idle, false);
  next();
  assert.deepEqual(heard, ['INVOKE']);
});

test('it hears only of what it has registered for', () => {
  const { extension, heard, next } = registered('SHUTDOWN');
  next();
  extension.tell(invoke);
  assert.deepEqual([heard, extension.idle], [[], true]);
});

test('the end of its process is a crash, what it reported itself, or due', () => {
  const ends = (prepare: (extension: Extension) => void): string | undefined => {
    const { extension } = registered('INVOKE', 'SHUTDOWN');
    prepare(extension);
    return extension.ended('exit status 1')?.errorType;
  };
  assert.equal(new Extension('watcher', 'external').ended('exit status 1')?.errorType, 'Extension.Crash');
  assert.equal(
    ends(() => {}),
    'Extension.Crash',
  );
  assert.equal(
    ends((extension) => extension.report('init-error', 'Fatal')),
    'Extension.InitError',
  );
  assert.equal(
    ends((extension) => {
      extension.next(() => {});
      extension.report('exit-error', 'Fatal');
    }),
    'Extension.ExitError',
  );
  assert.equal(
    ends((extension) => {
      extension.next(() => {});
      extension.tell(shutdown);
    }),
    undefined,
  );
});

test('an error of the init phase cannot be reported after it', () => {
  const { extension, next } = registered('INVOKE');
  next();
  assert.equal(extension.report('init-error', 'Late')?.errorType, 'Extension.InvalidExtensionState');
});

test('no sequence of requests and events tells an event twice, or one after the end', () => {
  const steps = fc.array(fc.constantFrom('next', 'invoke', 'shutdown', 'init-error', 'exit-error', 'end', 'lose'));
  fc.assert(
    fc.property(steps, (names) => {
      const { extension } = registered('INVOKE', 'SHUTDOWN');
      let told = 0;
      let heard = 0;
      let over = false;
      const delivery = (event: ExtensionEvent): void => {
        assert.equal(over, false, 'nothing is told after the end');
        heard += 1;
        over = event.eventType === 'SHUTDOWN';
      };
      for (const name of names) {
        if (name === 'next') extension.next(delivery);
        else if (name === 'lose') extension.unpark(delivery);
        else if (name === 'invoke' || name === 'shutdown') {
          extension.tell(name === 'invoke' ? invoke : shutdown);
          told += 1;
        } else if (name === 'end') {
          extension.ended('exit status 1');
          over = true;
        } else if (name === 'init-error' || name === 'exit-error') {
          over = extension.report(name, 'Fatal') === undefined || over;
        }
        assert.ok(heard <= told);
      }
    }),
  );
});
