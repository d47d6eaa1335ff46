/** How far a provisioned concurrency configuration is. */
import { StateMachine, type TransitionTable } from '../../kernel/state-machine.ts';

export type ProvisionedState =
  /** Environments are starting. */
  | { readonly kind: 'in-progress' }
  /** As many as were asked for are initialised. */
  | { readonly kind: 'ready' }
  /** There are none: `reason` is a StatusReason of the API. */
  | { readonly kind: 'failed'; readonly reason: string };

export const provisionedTransitions = {
  // Another number, or another version behind the alias, begins anew.
  'in-progress': ['in-progress', 'ready', 'failed'],
  ready: ['in-progress'],
  failed: ['in-progress'],
} as const satisfies TransitionTable<ProvisionedState['kind']>;

/** @throws InvalidTransition when the table does not list it. */
export function transition(from: ProvisionedState, to: ProvisionedState): ProvisionedState {
  new StateMachine('provisioned concurrency', provisionedTransitions, from.kind).transition(to.kind);
  return to;
}
