/** How one run of an environment, or its init phase, ended. What is expected is a value. */
import type { ProcessExit } from '../executors/executor.ts';
import type { InitAnswer, RuntimeAnswer } from '../runtime-api/runtime-event.ts';

export type BootOutcome =
  | InitAnswer
  | { readonly kind: 'exited'; readonly exit: ProcessExit }
  /** `reason` is what follows "Error: " in AWS's message. */
  | { readonly kind: 'extension-failed'; readonly errorType: string; readonly reason: string }
  | { readonly kind: 'timed-out' }
  /** The process could not be started at all. */
  | { readonly kind: 'start-failed'; readonly error: Error };

export type BootFailure = Exclude<BootOutcome, { kind: 'ready' }>;

export type RunOutcome =
  | RuntimeAnswer
  | BootFailure
  /** The environment was removed while it ran: the daemon is shutting down. */
  | { readonly kind: 'stopped' };
