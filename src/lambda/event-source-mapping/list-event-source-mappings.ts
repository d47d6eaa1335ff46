/** Lists the event source mappings of an account and region, of one function or one source if asked. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { listedMapping } from './event-source-mapping-output.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';
import { findMappings } from './find-mappings.ts';
import { isSameFunction, namedFunction } from './mapped-function.ts';

const pageUnlessTold = 50;
// AWS never lists more, whatever MaxItems says.
const pageAtMost = 100;

/**
 * `ListEventSourceMappings`, by UUID; also those of a function that is gone. A version or alias has mappings of its own.
 * @throws ServiceError InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListEventSourceMappings
 */
export const listEventSourceMappings: LambdaOperation<'ListEventSourceMappings'> = (input, call) => {
  const { EventSourceArn: source, FunctionName: name } = input;
  const target = name === undefined ? undefined : namedFunction(name, call);
  const fits = (mapping: EventSourceMappingRecord): boolean =>
    (target === undefined || isSameFunction(mapping.target, target)) &&
    (source === undefined || (mapping.source.kind !== 'self-managed-kafka' && mapping.source.arn === source));
  const limit = Math.min(input.MaxItems ?? pageUnlessTold, pageAtMost);
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const found = findMappings(fits, after, limit + 1, call);
  const page = found.slice(0, limit);
  return {
    EventSourceMappings: page.map(listedMapping),
    NextMarker: found.length > limit ? encodeMarker(page.at(-1)?.uuid ?? '') : undefined,
  };
};
