/** The payloads that the platform makes when the function cannot answer by itself. Source: facts recorded from AWS, 2025. */
import type { RequestId } from '../aws/call.ts';
import type { RunOutcome } from '../environment/environment-outcome.ts';
import type { ProcessExit } from '../executors/executor.ts';
import { exitReason } from '../executors/exit-reason.ts';
import { InvalidEntrypoint } from '../executors/invalid-entrypoint.ts';
import type { Seconds } from '../kernel/quantity.ts';

export interface PlatformError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Outcomes that the runtime did not answer itself. */
export type UnansweredOutcome = Extract<
  RunOutcome,
  { kind: 'timed-out' | 'exited' | 'too-large' | 'start-failed' | 'extension-failed' }
>;

export function platformError(outcome: UnansweredOutcome, requestId: RequestId, timeout: Seconds): PlatformError {
  const because = (errorType: string, reason: string): PlatformError => ({
    errorType,
    errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  });
  switch (outcome.kind) {
    case 'timed-out':
      return because('Sandbox.Timedout', `Task timed out after ${timeout.toFixed(2)} seconds`);
    case 'exited':
      return because(exitType(outcome.exit), runtimeExitReason(outcome.exit));
    case 'too-large':
      return {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${outcome.limit} bytes).`,
      };
    case 'extension-failed':
      return because(outcome.errorType, outcome.reason);
    case 'start-failed':
      return because(
        outcome.error instanceof InvalidEntrypoint ? outcome.error.errorType : 'Runtime.Unknown',
        outcome.error.message,
      );
  }
}

const exitType = (exit: ProcessExit): string =>
  exit.kind === 'signal' && exit.oom ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';

function runtimeExitReason(exit: ProcessExit): string {
  if (exit.kind === 'code' && exit.code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: ${exitReason(exit)}`;
}
