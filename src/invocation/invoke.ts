/** One invocation, from accepted to answered: resolve → admit → lease → run → report. */
import type { RequestId } from '../aws/call.ts';
import type { RunOutcome } from '../environment/environment-outcome.ts';
import type { EnvironmentPool } from '../environment/environment-pool.ts';
import type { Lease } from '../environment/lease.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Bytes, type Milliseconds, milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import type { InvocationTarget, VersionCatalogue } from '../lambda/function/invocation-target.ts';
import type { RuntimeEvent } from '../runtime-api/runtime-event.ts';
import type { Admission } from './admission.ts';
import { type PlatformError, platformError } from './error-payload.ts';
import { InvocationLog } from './invocation-log.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';
import { timeoutLine } from './report-line.ts';
import { traceHeaderOf } from './trace-header.ts';

export interface InvocationRequest {
  readonly target: InvocationTarget;
  /** What the handler's context shows when that is not what `target` says: the version was chosen before. */
  readonly invokedFunctionArn?: string;
  readonly requestId: RequestId;
  /** JSON, checked by whoever accepted the request. */
  readonly payload: Buffer;
  /** JSON text for the context object of the handler. */
  readonly clientContext: string | undefined;
  readonly traceHeader: string | undefined;
  /** Whether the end of the log is wanted. */
  readonly tail: boolean;
}

export interface InvokeDeps {
  readonly catalogue: VersionCatalogue;
  readonly admission: Admission;
  readonly pool: EnvironmentPool;
  readonly clock: Clock;
  readonly random: Random;
  readonly maxPayload: Bytes;
}

/** @throws ServiceError when the target does not exist or is not Active. */
export async function invoke(request: InvocationRequest, deps: InvokeDeps): Promise<InvocationOutcome> {
  const { version, invokedFunctionArn } = deps.catalogue.resolve(request.target);
  const admitted = deps.admission.enter(version);
  if (admitted.kind === 'throttled') return admitted;
  using _slot = admitted.slot;
  using lease = deps.pool.idle(version) ?? (await deps.pool.start(version));
  if (lease === undefined) return { kind: 'stopped' };

  const log = new InvocationLog(lease.environment, request.requestId, request.tail);
  log.start();
  const started = deps.clock.monotonic();
  const timeout = secondsToMilliseconds(version.timeout);
  const outcome = await lease.environment.run(eventOf(request, request.invokedFunctionArn ?? invokedFunctionArn, timeout, deps), timeout);
  const duration = milliseconds(deps.clock.monotonic() - started);

  return answer(outcome, lease, log, duration, request, deps);
}

function eventOf(
  request: InvocationRequest,
  invokedFunctionArn: string,
  timeout: Milliseconds,
  deps: InvokeDeps,
): RuntimeEvent {
  const now = deps.clock.now();
  return {
    requestId: request.requestId,
    payload: request.payload,
    deadline: milliseconds(now + timeout),
    invokedFunctionArn,
    traceHeader: traceHeaderOf(request.traceHeader, now, deps.random),
    clientContext: request.clientContext,
  };
}

/** Turns the environment's outcome into the caller's, and closes the invocation's log. */
async function answer(
  outcome: RunOutcome,
  lease: Lease,
  log: InvocationLog,
  duration: Milliseconds,
  request: InvocationRequest,
  deps: InvokeDeps,
): Promise<InvocationOutcome> {
  const { version } = lease.environment;
  const executedVersion = version.version;
  const { initDuration } = lease;
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
    case 'error': {
      const logTail = await log.end([], { duration, initDuration, status: 'success', errorType: undefined });
      return failed(outcome.payload, logTail);
    }
    case 'init-error': {
      const { errorType, payload } = outcome;
      return failed(payload, await log.end([], { duration, initDuration, status: 'error', errorType }));
    }
    case 'timed-out': {
      const error = platformError(outcome, request.requestId, version.timeout, deps.maxPayload);
      const line = timeoutLine(deps.clock.now(), request.requestId, version.timeout);
      const billed = secondsToMilliseconds(version.timeout);
      const report = { duration: billed, initDuration, status: 'timeout', errorType: undefined } as const;
      return failed(payloadOf(error), await log.end([line], report));
    }
    case 'exited':
    case 'too-large':
    case 'start-failed': {
      const error = platformError(outcome, request.requestId, version.timeout, deps.maxPayload);
      const lines = [error.errorMessage, error.errorType];
      const report = { duration, initDuration, status: 'error', errorType: error.errorType } as const;
      return failed(payloadOf(error), await log.end(lines, report));
    }
  }
}

const payloadOf = (error: PlatformError): Buffer =>
  Buffer.from(JSON.stringify({ errorType: error.errorType, errorMessage: error.errorMessage }));
