/** A fault that somebody asks for, and whom it is for. */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { ThrottleReason } from './invocation-outcome.ts';

export type FaultEffect =
  | { readonly kind: 'throttle'; readonly reason: ThrottleReason }
  /** Lambda itself fails, with status 500. */
  | { readonly kind: 'service-error'; readonly errorMessage: string }
  /** The handler fails. */
  | { readonly kind: 'function-error'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'latency'; readonly delay: Milliseconds }
  | { readonly kind: 'init-delay'; readonly delay: Milliseconds }
  | { readonly kind: 'cold-start' };

/** Absent members mean any. */
export interface FaultScope {
  readonly functionName: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** A version, or an alias as callers name it. */
  readonly qualifier: string | undefined;
}

export interface FaultWish {
  readonly scope: FaultScope;
  readonly effect: FaultEffect;
  /** How many times it strikes. */
  readonly count: number;
}
