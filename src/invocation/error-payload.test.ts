import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestId } from '../../test/kit/sample-event.ts';
import { InvalidEntrypoint } from '../executors/invalid-entrypoint.ts';
import { bytes, seconds } from '../kernel/quantity.ts';
import { platformError, type UnansweredOutcome } from './error-payload.ts';

const signal = (name: NodeJS.Signals, oom = false): UnansweredOutcome => ({
  kind: 'exited',
  exit: { kind: 'signal', signal: name, oom },
});
const code = (value: number): UnansweredOutcome => ({ kind: 'exited', exit: { kind: 'code', code: value } });

const payloads: readonly (readonly [string, UnansweredOutcome, string, string])[] = [
  ['a time-out', { kind: 'timed-out' }, 'Sandbox.Timedout', 'RequestId: id Error: Task timed out after 1.00 seconds'],
  ['an exit', code(0), 'Runtime.ExitError', 'RequestId: id Error: Runtime exited without providing a reason'],
  ['exit 127', code(127), 'Runtime.ExitError', 'RequestId: id Error: Runtime exited with error: exit status 127'],
  ['SIGKILL', signal('SIGKILL'), 'Runtime.ExitError', 'RequestId: id Error: Runtime exited with error: signal: killed'],
  [
    'SIGSEGV',
    signal('SIGSEGV'),
    'Runtime.ExitError',
    'RequestId: id Error: Runtime exited with error: signal: segmentation fault',
  ],
  [
    'a signal with no name of its own',
    signal('SIGUSR2'),
    'Runtime.ExitError',
    'RequestId: id Error: Runtime exited with error: signal: sigusr2',
  ],
  [
    'the memory limit',
    signal('SIGKILL', true),
    'Runtime.OutOfMemory',
    'RequestId: id Error: Runtime exited with error: signal: killed',
  ],
  [
    'an answer that is too large',
    { kind: 'too-large', size: bytes(7_000_000), limit: bytes(6_291_556) },
    'Function.ResponseSizeTooLarge',
    'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  ],
  [
    'a missing bootstrap',
    { kind: 'start-failed', error: new InvalidEntrypoint() },
    'Runtime.InvalidEntrypoint',
    "RequestId: id Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
  ],
  [
    'a process that cannot be spawned',
    { kind: 'start-failed', error: new Error('spawn EAGAIN') },
    'Runtime.Unknown',
    'RequestId: id Error: spawn EAGAIN',
  ],
];

for (const [what, outcome, errorType, errorMessage] of payloads) {
  test(`${what} has the payload of AWS`, () => {
    assert.deepEqual(platformError(outcome, requestId('id'), seconds(1)), {
      errorType,
      errorMessage,
    });
  });
}
