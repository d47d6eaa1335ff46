/** The life of one event that was accepted with 202. */
import type { TransitionTable } from '../kernel/state-machine.ts';

export type AsyncInvocationState =
  | 'queued' // accepted, no attempt yet
  | 'running' // an attempt runs
  | 'waiting' // an attempt failed, the next one's time has not come
  | 'delivered' // an attempt succeeded
  | 'exhausted' // the last attempt that is allowed has failed, or none is allowed
  | 'expired' // it became older than the policy allows
  | 'abandoned'; // the daemon stopped before it was done

export const asyncInvocationTransitions = {
  queued: ['running', 'exhausted', 'expired', 'abandoned'],
  running: ['delivered', 'waiting', 'exhausted', 'expired', 'abandoned'],
  waiting: ['running', 'exhausted', 'abandoned'],
  delivered: [],
  exhausted: [],
  expired: [],
  abandoned: [],
} as const satisfies TransitionTable<AsyncInvocationState>;
