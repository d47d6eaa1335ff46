/** The life of one version of a function, `$LATEST` or published, as far as preparing it to run goes. */
import { StateMachine, type TransitionTable } from '../../kernel/state-machine.ts';

export type FunctionState =
  /** Created or published: being prepared, not to be invoked yet. */
  | ({ readonly kind: 'pending' } & Progress)
  /** Published with SnapStart: initialised once, so that later starts need not be; not to be invoked yet. */
  | { readonly kind: 'snapshotting' }
  | { readonly kind: 'active' }
  /** Changed: the new form is being prepared, invocations run the former one. */
  | ({ readonly kind: 'updating' } & Progress)
  /** The first preparation failed: there is nothing to run. */
  | ({ readonly kind: 'failed' } & FailureReason)
  /** The change could not be prepared: invocations go on with the former form. */
  | ({ readonly kind: 'update-failed' } & FailureReason);

export interface Progress {
  /** What takes long, and how far it is, in a few words. */
  readonly progress?: string;
}

export interface FailureReason {
  /** A StateReasonCode of the API. */
  readonly code: string;
  readonly reason: string;
}

export const functionTransitions = {
  pending: ['active', 'failed'],
  snapshotting: ['active', 'failed'],
  active: ['updating'],
  updating: ['active', 'update-failed'],
  // A change is the way out of a failure; without a former form to run it starts over.
  failed: ['pending'],
  'update-failed': ['updating'],
} as const satisfies TransitionTable<FunctionState['kind']>;

/** @throws InvalidTransition when the table does not list it. */
export function transition(from: FunctionState, to: FunctionState): FunctionState {
  new StateMachine('function', functionTransitions, from.kind).transition(to.kind);
  return to;
}
