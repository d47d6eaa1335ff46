/** The end of an invocation: the environment's outcome becomes the caller's, and the invocation's log is closed. */
import type { RequestId } from '../aws/call.ts';
import type { RunOutcome } from '../environment/environment-outcome.ts';
import type { Lease } from '../environment/lease.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import { type PlatformError, platformError } from './error-payload.ts';
import type { InvocationLog } from './invocation-log.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';
import { timeoutLine } from './timeout-line.ts';

/** What was run, and for how long. */
export interface ConcludedRun {
  readonly lease: Lease;
  readonly log: InvocationLog;
  readonly duration: Milliseconds;
  readonly requestId: RequestId;
  readonly clock: Clock;
}

/** Turns the environment's outcome into the caller's, and closes the invocation's log. */
export async function conclude(outcome: RunOutcome, run: ConcludedRun): Promise<InvocationOutcome> {
  const { log, duration, requestId, clock } = run;
  const { initDuration, restoration, environment } = run.lease;
  const { version } = environment;
  const times = { duration, initDuration, restoration, producedBytes: 0 };
  switch (outcome.kind) {
    case 'stopped':
      return outcome;
    case 'response':
    case 'streamed':
    case 'error': {
      const answer = answerOf(outcome);
      const producedBytes = outcome.kind === 'streamed' ? outcome.size : answer.payload.length;
      const logTail = await log.end([], { ...times, status: 'success', errorType: undefined, producedBytes });
      return { kind: 'answered', ...answer, executedVersion: version.version, logTail };
    }
    case 'init-error': {
      const { errorType, payload } = outcome;
      return failed(payload, version, await log.end([], { ...times, status: 'error', errorType }));
    }
    case 'restore-error':
      await log.end([], { ...times, status: 'error', errorType: outcome.errorType });
      return { kind: 'not-restored', reason: 'hook-failed' };
    case 'restore-timed-out':
      await log.end([], { ...times, status: 'timeout', errorType: undefined });
      return { kind: 'not-restored', reason: 'timed-out' };
    case 'timed-out': {
      const error = platformError(outcome, requestId, version.timeout);
      const line = timeoutLine(clock.now(), requestId, version.timeout);
      const billed = secondsToMilliseconds(version.timeout);
      const end = { ...times, duration: billed, status: 'timeout', errorType: undefined } as const;
      return failed(payloadOf(error), version, await log.end([line], end));
    }
    case 'exited':
    case 'extension-failed':
    case 'too-large':
    case 'start-failed': {
      const error = platformError(outcome, requestId, version.timeout);
      const lines = [error.errorMessage, error.errorType];
      const end = { ...times, status: 'error', errorType: error.errorType } as const;
      return failed(payloadOf(error), version, await log.end(lines, end));
    }
  }
}

type Answer = Pick<InvocationOutcome & { kind: 'answered' }, 'result' | 'payload' | 'contentType'>;

/** What the function itself answered; of a stream that went well nothing is left to be said. */
function answerOf(outcome: RunOutcome & { kind: 'response' | 'streamed' | 'error' }): Answer {
  switch (outcome.kind) {
    case 'response':
      return { result: 'succeeded', payload: outcome.payload, contentType: outcome.contentType };
    case 'streamed':
      if (outcome.error === undefined) return { result: 'succeeded', payload: nothing, contentType: undefined };
      return { result: 'failed', payload: outcome.error.payload, contentType: undefined };
    case 'error':
      return { result: 'failed', payload: outcome.payload, contentType: undefined };
  }
}

const failed = (payload: Buffer, { version }: FunctionVersion, logTail: Buffer | undefined): InvocationOutcome => ({
  kind: 'answered',
  result: 'failed',
  payload,
  contentType: undefined,
  executedVersion: version,
  logTail,
});

const nothing = Buffer.alloc(0);

const payloadOf = (error: PlatformError): Buffer =>
  Buffer.from(JSON.stringify({ errorType: error.errorType, errorMessage: error.errorMessage }));
