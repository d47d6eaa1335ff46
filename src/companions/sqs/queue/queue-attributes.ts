/** The attributes of a queue that can be set: their defaults, and what values they take. */
import { parseBody } from '../../../aws/protocol/json/parse-body.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { invalidAttributeValue, unknownAttribute } from '../sqs-error.ts';
import { parseRedriveAllowPolicy, parseRedrivePolicy } from './redrive-policy.ts';

/** By AWS's names, as texts; those without a value are absent. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface AttributeRule {
  /** Absent where the queue has none until one is set. */
  readonly fallback?: string;
  readonly fifoOnly?: true;
  /** An empty value takes the attribute away. */
  readonly removable?: true;
  /** @throws ServiceError its own words, where it has some */
  accepts(value: string): boolean;
}

const whole = (min: number, max: number, fallback: number): AttributeRule => ({
  fallback: String(fallback),
  accepts: (value) => isWithin(value, min, max),
});

const isWithin = (value: string, min: number, max: number): boolean =>
  /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;

const oneOf = (...values: readonly string[]): Pick<AttributeRule, 'accepts'> => ({
  accepts: (value) => values.includes(value),
});

const flag = oneOf('true', 'false');

/** What a message may hold, in bytes. Source: "Amazon SQS increases maximum message payload size to 1 MiB", August 2025. */
export const largestMessage = 1024 * 1024;

/** @see Amazon SQS API reference, SetQueueAttributes */
const rules: Readonly<Record<string, AttributeRule>> = {
  VisibilityTimeout: whole(0, 43_200, 30),
  MaximumMessageSize: whole(1024, largestMessage, largestMessage),
  MessageRetentionPeriod: whole(60, 1_209_600, 345_600),
  DelaySeconds: whole(0, 900, 0),
  ReceiveMessageWaitTimeSeconds: whole(0, 20, 0),
  Policy: { removable: true, accepts: isJson },
  RedrivePolicy: { removable: true, accepts: (value) => parseRedrivePolicy(value) !== undefined },
  RedriveAllowPolicy: { removable: true, accepts: (value) => parseRedriveAllowPolicy(value) !== undefined },
  KmsMasterKeyId: { removable: true, accepts: () => true },
  KmsDataKeyReusePeriodSeconds: { accepts: (value) => isWithin(value, 60, 86_400) },
  SqsManagedSseEnabled: { fallback: 'true', ...flag },
  FifoQueue: { fallback: 'true', fifoOnly: true, ...flag },
  ContentBasedDeduplication: { fallback: 'false', fifoOnly: true, ...flag },
  DeduplicationScope: { fallback: 'queue', fifoOnly: true, ...oneOf('messageGroup', 'queue') },
  FifoThroughputLimit: { fallback: 'perQueue', fifoOnly: true, ...oneOf('perQueue', 'perMessageGroupId') },
};

/** Whether a queue of some kind has such an attribute. */
export const isSettable = (name: string): boolean => Object.hasOwn(rules, name);

export const defaultAttributes = (isFifo: boolean): QueueAttributes =>
  Object.fromEntries(
    Object.entries(rules).flatMap(([name, { fallback, fifoOnly }]) =>
      fallback === undefined || (fifoOnly === true && !isFifo) ? [] : [[name, fallback]],
    ),
  );

/**
 * @param given by a client, to be set on a queue that has `before`
 * @returns all attributes as they are then
 * @throws ServiceError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
 */
export function changedAttributes(before: QueueAttributes, given: QueueAttributes, isFifo: boolean): QueueAttributes {
  const after: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const rule = isSettable(name) ? rules[name] : undefined;
    if (rule === undefined || (rule.fifoOnly === true && !isFifo)) throw unknownAttribute(name);
    if (value === '' && rule.removable === true) {
      delete after[name];
      continue;
    }
    if (!rule.accepts(value)) throw invalidAttributeValue(name);
    if (name === 'FifoQueue' && value !== 'true') throw typeChange();
    after[name] = value;
  }
  return consistent(after, given);
}

/** Some attributes hold only together with others. */
function consistent(after: Record<string, string>, given: QueueAttributes): QueueAttributes {
  const perGroup = given['FifoThroughputLimit'] === 'perMessageGroupId';
  if (perGroup && after['DeduplicationScope'] !== 'messageGroup') throw invalidAttributeValue('FifoThroughputLimit');
  // A queue is encrypted by one kind of key at a time.
  if ((given['KmsMasterKeyId'] ?? '') !== '') after['SqsManagedSseEnabled'] = 'false';
  else if (given['SqsManagedSseEnabled'] === 'true') delete after['KmsMasterKeyId'];
  return after;
}

const typeChange = (): ServiceError =>
  new ServiceError(
    'InvalidAttributeValue',
    'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  );

function isJson(text: string): boolean {
  try {
    const value = parseBody(Buffer.from(text));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}
