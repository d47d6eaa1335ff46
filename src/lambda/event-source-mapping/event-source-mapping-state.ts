/** The life of an event source mapping. */
import { StateMachine, type TransitionTable } from '../../kernel/state-machine.ts';

export type MappingState =
  | 'Creating'
  /** Its pollers are being started. */
  | 'Enabling'
  /** The source is polled. */
  | 'Enabled'
  /** Its pollers finish what they have begun. */
  | 'Disabling'
  | 'Disabled'
  /** Changed: pollers of the new form take over. */
  | 'Updating'
  /** Its pollers finish what they have begun, then it is gone. */
  | 'Deleting';

/** Names as the API has them. Source: Lambda API reference, EventSourceMappingConfiguration, State. */
export const mappingTransitions = {
  Creating: ['Enabled', 'Disabled'],
  // What cannot be polled ends up disabled, and its StateTransitionReason says why.
  Enabling: ['Enabled', 'Disabled'],
  Enabled: ['Disabling', 'Updating', 'Deleting'],
  Disabling: ['Disabled'],
  Disabled: ['Enabling', 'Updating', 'Deleting'],
  Updating: ['Enabled', 'Disabled'],
  Deleting: [],
} as const satisfies TransitionTable<MappingState>;

/** @throws InvalidTransition when the table does not list it. */
export function transition(from: MappingState, to: MappingState): MappingState {
  new StateMachine('event source mapping', mappingTransitions, from).transition(to);
  return to;
}

/** Nothing else can be done to it until it is over. */
export const isOnItsWay = (state: MappingState): boolean => state !== 'Enabled' && state !== 'Disabled';
