/** Deletes an event source mapping, once its pollers have finished what they have begun. */
import type { LambdaOperation } from '../lambda-call.ts';
import { mappingOutput } from './event-source-mapping-output.ts';
import { transition } from './event-source-mapping-state.ts';
import { requireSettledMapping } from './require-event-source-mapping.ts';

/**
 * `DeleteEventSourceMapping`; the reply shows it as Deleting.
 * @throws ServiceError ResourceNotFoundException, ResourceInUseException while a change is under way.
 * @see AWS Lambda API reference, DeleteEventSourceMapping
 */
export const deleteEventSourceMapping: LambdaOperation<'DeleteEventSourceMapping'> = (input, call) => {
  const current = requireSettledMapping(input.UUID, 'delete', call);
  return mappingOutput(call.mappings.begin({ ...current, state: transition(current.state, 'Deleting') }));
};
