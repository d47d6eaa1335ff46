import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEvent } from '../../../test/kit/sample-event.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { Extension, type ExtensionFailure } from './extension.ts';
import { Extensions } from './extensions.ts';

function open(...external: string[]) {
  const failures: ExtensionFailure[] = [];
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  const extensions = new Extensions({ external, newId, failed: (failure) => failures.push(failure) });
  const register = (name: string, ...events: ('INVOKE' | 'SHUTDOWN')[]): Extension => {
    const extension = extensions.register(name, events);
    assert.ok(extension instanceof Extension);
    return extension;
  };
  const refusal = (name: string, ...events: ('INVOKE' | 'SHUTDOWN')[]): string => {
    const refused = extensions.register(name, events);
    return refused instanceof Extension ? 'registered' : refused.errorType;
  };
  return { extensions, failures, register, refusal };
}

test('an external extension registers under its file name, an internal one once the runtime has been started', () => {
  const { extensions, register, refusal } = open('watcher');
  assert.equal(refusal(''), 'Extension.InvalidExtensionName');
  assert.equal(refusal('other'), 'Extension.InvalidExtensionName');
  assert.equal(extensions.allRegistered, false);
  register('watcher', 'INVOKE', 'SHUTDOWN');
  assert.equal(extensions.allRegistered, true);
  assert.equal(refusal('watcher'), 'Extension.AlreadyRegistered');
  extensions.runtimeStarts();
  assert.equal(refusal('other', 'SHUTDOWN'), 'ShutdownEventNotSupportedForInternalExtension');
  assert.equal(register('other', 'INVOKE').kind, 'internal');
  extensions.closeRegistration();
  assert.equal(refusal('late'), 'Extension.RegistrationClosed');
});

test('ten may register, an eleventh may not', () => {
  const { register, refusal } = open();
  for (let n = 1; n <= 10; n += 1) register(`extension-${n}`);
  assert.equal(refusal('extension-11'), 'Extension.TooManyExtensions');
});

test('they are idle when every one waits for its next event, whatever it registered for', async () => {
  const { extensions, register } = open('a', 'b');
  const a = register('a', 'INVOKE');
  const b = register('b', 'SHUTDOWN');
  const idle = extensions.when(() => extensions.allIdle);
  extensions.next(a, () => {});
  assert.equal(extensions.allIdle, false);
  extensions.next(b, () => {});
  await idle;
  extensions.invoke(sampleEvent('one'));
  assert.deepEqual([a.state, b.state], ['running', 'ready']);
  assert.equal(extensions.allIdle, false);
  extensions.next(a, () => {});
  assert.equal(extensions.allIdle, true);
});

test('the shutdown is told to those that want to know, and ends when the processes have', async () => {
  const { extensions, register, failures } = open('a', 'b');
  const heard: unknown[] = [];
  extensions.next(register('a', 'SHUTDOWN'), (event) => heard.push(event));
  extensions.next(register('b', 'INVOKE'), (event) => heard.push(event));
  extensions.shutdown('timeout', milliseconds(2000));
  assert.deepEqual(heard, [{ eventType: 'SHUTDOWN', shutdownReason: 'timeout', deadlineMs: 2000 }]);
  const gone = extensions.when(() => extensions.allGone);
  extensions.processEnded('a', 'exit code 0');
  assert.equal(extensions.allGone, false);
  extensions.processEnded('b', 'exit status 1');
  await gone;
  assert.deepEqual(failures, []);
});

test('an extension that could not be started has not crashed, and one that runs has been started', () => {
  const { extensions, failures, register } = open('a', 'b');
  register('b');
  for (const name of ['a', 'b']) {
    extensions.launchFailed(name, 'permission denied');
    extensions.processEnded(name, 'exit status 126');
  }
  assert.deepEqual(failures, [
    { errorType: 'Extension.LaunchError', reason: 'permission denied' },
    { errorType: 'Extension.Crash', reason: 'exit status 126' },
  ]);
});

test('an internal extension that reports an error has failed at once, an external one when its process ends', () => {
  const { extensions, failures, register } = open('external');
  const external = register('external', 'INVOKE');
  extensions.runtimeStarts();
  const internal = register('internal', 'INVOKE');
  extensions.report(internal, 'init-error', 'Fatal.Internal');
  assert.deepEqual(failures, [{ errorType: 'Extension.InitError', reason: 'Fatal.Internal' }]);
  extensions.report(external, 'exit-error', 'Fatal.External');
  assert.equal(failures.length, 1);
  extensions.processEnded('external', 'exit status 2');
  assert.deepEqual(failures[1], { errorType: 'Extension.ExitError', reason: 'exit status 2' });
});
