/** Who counts invocations: a port, called on the way of every one of them. */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { ResolvedTarget } from '../lambda/function/invocation-target.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';

export interface CountedRun {
  readonly duration: Milliseconds;
  /** Whether it ran in an environment that was provisioned. */
  readonly provisioned: boolean;
}

export interface InvocationMetrics {
  /** One more of the function runs. */
  began(target: ResolvedTarget): void;
  /** It does not run any more. */
  ended(target: ResolvedTarget, outcome: InvocationOutcome, run: CountedRun): void;
  throttled(target: ResolvedTarget): void;
}
