/** Shows an event source mapping. */
import type { LambdaOperation } from '../lambda-call.ts';
import { mappingOutput } from './event-source-mapping-output.ts';
import { requireMapping } from './require-event-source-mapping.ts';

/**
 * `GetEventSourceMapping`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetEventSourceMapping
 */
export const getEventSourceMapping: LambdaOperation<'GetEventSourceMapping'> = (input, call) =>
  mappingOutput(requireMapping(input.UUID, call));
