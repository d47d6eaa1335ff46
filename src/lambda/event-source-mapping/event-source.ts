/** What a mapping reads from, recognised from the request: the kinds differ in nearly everything else. */
import { parseArn } from '../../aws/arn.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { invalidParameterValue } from '../lambda-error.ts';

export type EventSource =
  | { readonly kind: 'sqs'; readonly arn: string; readonly fifo: boolean }
  /** A data stream, or one consumer of it, which has its throughput to itself. */
  | { readonly kind: 'kinesis'; readonly arn: string; readonly reads: 'stream' | 'consumer' }
  | { readonly kind: 'dynamodb'; readonly arn: string }
  | { readonly kind: 'msk'; readonly arn: string }
  /** The brokers to begin with, `host:port`. */
  | { readonly kind: 'self-managed-kafka'; readonly brokers: readonly string[] }
  | { readonly kind: 'mq'; readonly arn: string }
  | { readonly kind: 'documentdb'; readonly arn: string };

export type EventSourceKind = EventSource['kind'];

type SourceInput = Pick<
  LambdaOperations['CreateEventSourceMapping']['input'],
  'EventSourceArn' | 'SelfManagedEventSource'
>;

/**
 * @throws ServiceError InvalidParameterValueException when it is no source, or two.
 * @see AWS Lambda API reference, CreateEventSourceMapping, EventSourceArn
 */
export function recognisedSource({
  EventSourceArn: arn,
  SelfManagedEventSource: selfManaged,
}: SourceInput): EventSource {
  const brokers = selfManaged?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS;
  if (arn === undefined && brokers !== undefined) return { kind: 'self-managed-kafka', brokers };
  const source = arn === undefined || selfManaged !== undefined ? undefined : sourceNamed(arn);
  if (source === undefined) throw invalidParameterValue('Unrecognized event source.');
  return source;
}

function sourceNamed(arn: string): EventSource | undefined {
  const { service, resource } = parseArn(arn) ?? { service: '', resource: '' };
  switch (service) {
    case 'sqs':
      return /^[\w.-]+$/.test(resource) ? { kind: 'sqs', arn, fifo: resource.endsWith('.fifo') } : undefined;
    case 'kinesis': {
      const [, consumer] = /^stream\/[\w.-]+(\/consumer\/[\w.-]+:\d+)?$/.exec(resource) ?? [undefined, 'none'];
      if (consumer === 'none') return undefined;
      return { kind: 'kinesis', arn, reads: consumer === undefined ? 'stream' : 'consumer' };
    }
    case 'dynamodb':
      return /^table\/[\w.-]+\/stream\/.+$/.test(resource) ? { kind: 'dynamodb', arn } : undefined;
    case 'kafka':
      return /^(cluster|vpc-connection)\/.+$/.test(resource) ? { kind: 'msk', arn } : undefined;
    case 'mq':
      return /^broker:.+$/.test(resource) ? { kind: 'mq', arn } : undefined;
    case 'rds':
      // A DocumentDB cluster has an ARN of the service that it grew out of.
      return /^cluster:.+$/.test(resource) ? { kind: 'documentdb', arn } : undefined;
    default:
      return undefined;
  }
}

/** As errors name it and as duplicates are found by it: the ARN, or the brokers. */
export const sourceName = (source: EventSource): string =>
  source.kind === 'self-managed-kafka' ? source.brokers.join(',') : source.arn;
