/** Why there is no snapshot of a version, as the version's state says it. */
import { exitReason } from '../executors/exit-reason.ts';
import { InvalidEntrypoint } from '../executors/invalid-entrypoint.ts';
import type { BootFailure } from './environment-outcome.ts';

/** `code` is a StateReasonCode of the API. */
export function snapshotFailure(boot: BootFailure): { readonly code: string; readonly reason: string } {
  const failed = (code: string, what: string): { readonly code: string; readonly reason: string } => ({
    code,
    reason: `The init phase failed, so no snapshot could be taken: ${what}. See the log of the function.`,
  });
  switch (boot.kind) {
    case 'init-error':
    case 'restore-error':
      return failed('FunctionError.RuntimeInitError', boot.errorType);
    case 'exited':
      if (boot.exit.kind === 'signal' && boot.exit.oom)
        return failed('FunctionError.InitResourceExhausted', 'out of memory');
      return failed('FunctionError.RuntimeInitError', `the runtime exited (${exitReason(boot.exit)})`);
    case 'extension-failed':
      return failed('FunctionError.ExtensionInitError', boot.errorType);
    case 'timed-out':
    case 'restore-timed-out':
      return failed('FunctionError.InitTimeout', 'it took too long');
    case 'start-failed':
      return boot.error instanceof InvalidEntrypoint
        ? failed('FunctionError.InvalidEntryPoint', boot.error.message)
        : failed('InternalError', boot.error.message);
  }
}
