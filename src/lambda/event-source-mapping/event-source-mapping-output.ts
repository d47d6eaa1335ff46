/** An event source mapping as the API shows it. */
import { formatArn } from '../../aws/arn.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { EventSource } from './event-source.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';

export type MappingOutput = LambdaOperations['GetEventSourceMapping']['output'];

export const mappingArn = (scope: Scope, uuid: string): string =>
  formatArn({ ...scope, service: 'lambda', resource: `event-source-mapping:${uuid}` });

/** With everything that the kind of source has. */
export const mappingOutput = (record: EventSourceMappingRecord): MappingOutput => ({
  ...record.settings,
  ...sourceOutput(record.source),
  UUID: record.uuid,
  EventSourceMappingArn: record.arn,
  FunctionArn: record.target.arn,
  State: record.state,
  StateTransitionReason: record.stateTransitionReason,
  LastModified: dateOf(record.lastModified),
  // AWS sends none for queues.
  LastProcessingResult: record.source.kind === 'sqs' ? undefined : 'No records processed',
});

/** Filters that are encrypted with a key of the user's own are shown one mapping at a time only. */
export function listedMapping(record: EventSourceMappingRecord): MappingOutput {
  const output = mappingOutput(record);
  return output.KMSKeyArn === undefined ? output : { ...output, FilterCriteria: undefined };
}

const sourceOutput = (source: EventSource): MappingOutput =>
  source.kind === 'self-managed-kafka'
    ? { SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: [...source.brokers] } } }
    : { EventSourceArn: source.arn };
