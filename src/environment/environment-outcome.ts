/** How one run of an environment, or its init phase, ended. What is expected is a value. */
import type { ProcessExit } from '../executors/executor.ts';
import type { InitAnswer, RuntimeAnswer } from '../runtime-api/runtime-event.ts';

export type BootOutcome =
  | InitAnswer
  | { readonly kind: 'exited'; readonly exit: ProcessExit }
  /** `reason` is what follows "Error: " in AWS's message. */
  | { readonly kind: 'extension-failed'; readonly errorType: string; readonly reason: string }
  | { readonly kind: 'timed-out' }
  /** Hooks after the restore from a snapshot took longer than they may. */
  | { readonly kind: 'restore-timed-out' }
  /** The process could not be started at all. */
  | { readonly kind: 'start-failed'; readonly error: Error };

export type BootFailure = Exclude<BootOutcome, { kind: 'ready' }>;

/** A restore that failed is not repeated for the invocation that it was for. */
export type RestoreFailure = Extract<BootFailure, { kind: 'restore-error' | 'restore-timed-out' }>;

export type RunOutcome =
  | Exclude<RuntimeAnswer, { kind: 'cut-off' }>
  | BootFailure
  /** The environment was removed while it ran: the daemon is shutting down. */
  | { readonly kind: 'stopped' };

/** What becomes of the environment then: it is free, it starts anew, or it is no more its run that decides. */
export function sequelOf(outcome: RunOutcome): 'free' | 'restart' | 'none' {
  switch (outcome.kind) {
    case 'response':
    case 'streamed':
    case 'error':
    case 'too-large':
      return 'free';
    case 'timed-out':
    case 'exited':
    case 'extension-failed':
      return 'restart';
    case 'stopped':
    case 'init-error':
    case 'restore-error':
    case 'restore-timed-out':
    case 'start-failed':
      return 'none';
  }
}
