/** A source and a function are joined once; AWS says so in other words for each kind of source. */
import type { ServiceError } from '../../aws/service-error.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { type EventSource, sourceName } from './event-source.ts';
import type { EventSourceMappingRecord, MappedFunction, MappingSettings } from './event-source-mapping-record.ts';
import { findMappings } from './find-mappings.ts';
import { isSameFunction } from './mapped-function.ts';

interface Joined {
  readonly source: EventSource;
  readonly target: MappedFunction;
  readonly settings: MappingSettings;
  /** Of the mapping itself, which is no other. */
  readonly uuid: string;
}

/** @throws ServiceError ResourceConflictException when another mapping does the same. */
export function requireUnique(mapping: Joined, call: LambdaCall): void {
  const [other] = findMappings((kept) => kept.uuid !== mapping.uuid && isSame(kept, mapping), undefined, 1, call);
  if (other !== undefined) throw alreadyExists(mapping, other.uuid);
}

/** The same cluster may be read for several topics. */
const isSame = (kept: EventSourceMappingRecord, { source, target, settings }: Joined): boolean =>
  isSameFunction(kept.target, target) &&
  sourceName(kept.source) === sourceName(source) &&
  topics(kept.settings) === topics(settings);

const topics = ({ Topics = [] }: MappingSettings): string => Topics.join(',');

/** Blanks within the quotes of two of the three are AWS's. */
function alreadyExists({ source, target, settings }: Joined, uuid: string): ServiceError {
  const advice = `already exists. Please update or delete the existing mapping with UUID ${uuid}`;
  const { name } = target;
  switch (source.kind) {
    case 'sqs':
      return resourceConflict(
        `An event source mapping with SQS arn (" ${source.arn} ") and function (" ${name} ") ${advice}`,
      );
    case 'msk':
    case 'self-managed-kafka':
      return resourceConflict(
        `An event source mapping with event source ("${sourceName(source)}"), function ("${target.arn}"), topics ("${topics(settings)}") ${advice}`,
      );
    default:
      return resourceConflict(
        `The event source arn (" ${source.arn} ") and function (" ${name} ") provided mapping ${advice}`,
      );
  }
}
