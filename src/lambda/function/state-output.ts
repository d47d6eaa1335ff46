/** A function's state in the API's own words. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { unreachable } from '../../kernel/invariant.ts';
import type { FunctionState, Progress } from './function-state.ts';

type Configuration = LambdaOperations['GetFunctionConfiguration']['output'];

type StateOutput = Pick<
  Configuration,
  | 'State'
  | 'StateReason'
  | 'StateReasonCode'
  | 'LastUpdateStatus'
  | 'LastUpdateStatusReason'
  | 'LastUpdateStatusReasonCode'
>;

// AWS says the same of a function that is only being changed.
const creating = 'The function is being created.';

/** What takes long is ours to tell: AWS has no such thing. */
const creatingWith = ({ progress }: Progress): string =>
  progress === undefined ? creating : `${creating.slice(0, -1)}: ${progress}.`;

const inProgress = (progress: Progress = {}): StateOutput => ({
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: creatingWith(progress),
  // The model does not list this value here, the service sends it all the same.
  LastUpdateStatusReasonCode: 'Creating' as NonNullable<Configuration['LastUpdateStatusReasonCode']>,
});

/** @see AWS Lambda Developer Guide, "Lambda function states" */
export function stateOutput(state: FunctionState): StateOutput {
  switch (state.kind) {
    case 'pending':
      return { State: 'Pending', StateReason: creatingWith(state), StateReasonCode: 'Creating' };
    case 'snapshotting':
      return { State: 'Pending', StateReason: creating, StateReasonCode: 'Creating', ...inProgress() };
    case 'active':
      return { State: 'Active', LastUpdateStatus: 'Successful' };
    case 'updating':
      return { State: 'Active', ...inProgress(state) };
    case 'failed':
      return {
        State: 'Failed',
        StateReason: state.reason,
        StateReasonCode: state.code as NonNullable<Configuration['StateReasonCode']>,
        ...updateFailure(state),
      };
    case 'update-failed':
      return { State: 'Active', ...updateFailure(state) };
    default:
      return unreachable(state);
  }
}

const updateFailure = (failure: { readonly code: string; readonly reason: string }): StateOutput => ({
  LastUpdateStatus: 'Failed',
  LastUpdateStatusReason: failure.reason,
  LastUpdateStatusReasonCode: failure.code as NonNullable<Configuration['LastUpdateStatusReasonCode']>,
});
