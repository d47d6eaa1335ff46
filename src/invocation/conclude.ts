/** The end of an invocation: the environment's outcome becomes the caller's, and the invocation's log is closed. */
import type { RequestId } from '../aws/call.ts';
import type { RunOutcome } from '../environment/environment-outcome.ts';
import type { Lease } from '../environment/lease.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Bytes, type Milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import { type PlatformError, platformError } from './error-payload.ts';
import type { InvocationLog } from './invocation-log.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';
import { timeoutLine } from './report-line.ts';

/** What was run, and for how long. */
export interface ConcludedRun {
  readonly lease: Lease;
  readonly log: InvocationLog;
  readonly duration: Milliseconds;
  readonly requestId: RequestId;
  readonly clock: Clock;
  readonly maxPayload: Bytes;
}

/** Turns the environment's outcome into the caller's, and closes the invocation's log. */
export async function conclude(outcome: RunOutcome, run: ConcludedRun): Promise<InvocationOutcome> {
  const { log, duration, requestId, clock, maxPayload } = run;
  const { initDuration, environment } = run.lease;
  const { version } = environment;
  const executedVersion = version.version;
  const failed = (payload: Buffer, logTail: Buffer | undefined): InvocationOutcome => ({
    kind: 'answered',
    result: 'failed',
    payload,
    contentType: undefined,
    executedVersion,
    logTail,
  });
  switch (outcome.kind) {
    case 'stopped':
      return outcome;
    case 'response': {
      const logTail = await log.end([], { duration, initDuration, status: 'success', errorType: undefined });
      const { payload, contentType } = outcome;
      return { kind: 'answered', result: 'succeeded', payload, contentType, executedVersion, logTail };
    }
    case 'streamed': {
      const logTail = await log.end([], { duration, initDuration, status: 'success', errorType: undefined });
      if (outcome.error !== undefined) return failed(outcome.error.payload, logTail);
      return {
        kind: 'answered',
        result: 'succeeded',
        payload: nothing,
        contentType: undefined,
        executedVersion,
        logTail,
      };
    }
    case 'error': {
      const logTail = await log.end([], { duration, initDuration, status: 'success', errorType: undefined });
      return failed(outcome.payload, logTail);
    }
    case 'init-error': {
      const { errorType, payload } = outcome;
      return failed(payload, await log.end([], { duration, initDuration, status: 'error', errorType }));
    }
    case 'timed-out': {
      const error = platformError(outcome, requestId, version.timeout, maxPayload);
      const line = timeoutLine(clock.now(), requestId, version.timeout);
      const billed = secondsToMilliseconds(version.timeout);
      const report = { duration: billed, initDuration, status: 'timeout', errorType: undefined } as const;
      return failed(payloadOf(error), await log.end([line], report));
    }
    case 'exited':
    case 'too-large':
    case 'start-failed': {
      const error = platformError(outcome, requestId, version.timeout, maxPayload);
      const lines = [error.errorMessage, error.errorType];
      const report = { duration, initDuration, status: 'error', errorType: error.errorType } as const;
      return failed(payloadOf(error), await log.end(lines, report));
    }
  }
}

const nothing = Buffer.alloc(0);

const payloadOf = (error: PlatformError): Buffer =>
  Buffer.from(JSON.stringify({ errorType: error.errorType, errorMessage: error.errorMessage }));
