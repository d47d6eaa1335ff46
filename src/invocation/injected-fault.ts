/** Faults that somebody asked for, so that a test meets them when it wants to: a port, since they are kept elsewhere. */
import type { RunOutcome } from '../environment/environment-outcome.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ThrottleReason } from './invocation-outcome.ts';

/** What befalls one invocation. */
export interface Mishap {
  /** Waited before anything else. */
  readonly latency: Milliseconds | undefined;
  /** It is not let run. */
  readonly refusal:
    | { readonly kind: 'throttle'; readonly reason: ThrottleReason }
    | { readonly kind: 'service-error'; readonly message: string }
    | undefined;
  /** Environments that are warm are not for it. */
  readonly coldStart: boolean;
  /** Takes the place of what the handler would answer. */
  readonly failure: Extract<RunOutcome, { kind: 'error' }> | undefined;
}

export interface InjectedFaults {
  /**
   * What befalls the invocation that begins now; asking uses it up.
   * @param qualifier as the caller wrote it
   */
  befalls(version: FunctionVersion, qualifier: string | undefined): Mishap | undefined;
  /** @returns false when the daemon stopped first */
  wait(latency: Milliseconds): Promise<boolean>;
}
