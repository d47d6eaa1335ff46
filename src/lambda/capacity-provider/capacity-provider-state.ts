/** The life of a capacity provider. */
import { StateMachine, type TransitionTable } from '../../kernel/state-machine.ts';

export type CapacityProviderState =
  /** Its network and permissions are looked at. */
  | 'Pending'
  | 'Active'
  | 'Failed'
  /** Its instances are given back, then it is gone. */
  | 'Deleting';

/** Names as the API has them. Source: Lambda API reference, CapacityProvider, State. */
export const capacityProviderTransitions = {
  Pending: ['Active', 'Failed', 'Deleting'],
  Active: ['Deleting'],
  Failed: ['Deleting'],
  Deleting: [],
} as const satisfies TransitionTable<CapacityProviderState>;

/** @throws InvalidTransition when the table does not list it. */
export function transition(from: CapacityProviderState, to: CapacityProviderState): CapacityProviderState {
  new StateMachine('capacity provider', capacityProviderTransitions, from).transition(to);
  return to;
}
