/** Which queue takes the messages that could not be processed, and which queues a dead-letter queue takes them from. */
import { parseArn } from '../../../aws/arn.ts';
import type { ServiceError } from '../../../aws/service-error.ts';
import { invalidValue } from '../sqs-error.ts';

export interface RedrivePolicy {
  /** The ARN of the dead-letter queue. */
  readonly target: string;
  /** A message that was received so often moves when it would be received once more. */
  readonly maxReceiveCount: number;
}

export type RedriveAllowPolicy =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'queues'; readonly arns: readonly string[] };

const most = { receives: 1000, sources: 10 };

/**
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS API reference, SetQueueAttributes, RedrivePolicy
 */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string): ServiceError => invalidValue(text, 'RedrivePolicy', reason);
  const policy = jsonMap(text);
  if (policy === undefined) throw refuse('Redrive policy is not a valid JSON map.');
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (!Object.hasOwn(policy, name)) throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const { deadLetterTargetArn: target, maxReceiveCount } = policy;
  if (typeof target !== 'string' || parseArn(target)?.service !== 'sqs') {
    throw refuse('Invalid value for deadLetterTargetArn.');
  }
  const count =
    typeof maxReceiveCount === 'string' && /^\d{1,9}$/.test(maxReceiveCount)
      ? Number(maxReceiveCount)
      : maxReceiveCount;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > most.receives) {
    const shown = String(maxReceiveCount);
    throw refuse(`Invalid value for maxReceiveCount: ${shown}, valid values are from 1 to 1000 both inclusive.`);
  }
  return { target, maxReceiveCount: count };
}

/**
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS API reference, SetQueueAttributes, RedriveAllowPolicy
 */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const refuse = (reason: string): ServiceError => invalidValue(text, 'RedriveAllowPolicy', reason);
  const policy = jsonMap(text);
  if (policy === undefined) throw refuse('Redrive allow policy is not a valid JSON map.');
  const { redrivePermission: permission, sourceQueueArns: arns } = policy;
  const hasArns = arns !== undefined;
  switch (permission) {
    case 'allowAll':
    case 'denyAll':
      if (hasArns) throw refuse('sourceQueueArns can be specified only when redrivePermission is byQueue.');
      return { kind: permission === 'allowAll' ? 'all' : 'none' };
    case 'byQueue': {
      const isList =
        Array.isArray(arns) && arns.every((arn) => typeof arn === 'string' && parseArn(arn)?.service === 'sqs');
      if (!isList || arns.length === 0) throw refuse('sourceQueueArns must be a list of the ARNs of queues.');
      if (arns.length > most.sources) throw refuse(`sourceQueueArns can hold up to ${most.sources} ARNs.`);
      return { kind: 'queues', arns: arns as readonly string[] };
    }
    default:
      throw refuse('redrivePermission must be one of allowAll, denyAll, byQueue.');
  }
}

export function allowsSource(policy: RedriveAllowPolicy, arn: string): boolean {
  switch (policy.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'queues':
      return policy.arns.includes(arn);
  }
}

function jsonMap(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
