/** Checks what is to be published, and makes the notification of it. */
import { createHash } from 'node:crypto';
import { ServiceError } from '../../aws/service-error.ts';
import type { NotificationAttribute } from './delivery/notification.ts';
import { invalidParameter } from './sns-faults.ts';
import type { Topic } from './topic.ts';

export interface SentAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Buffer | undefined;
}

export interface PublishInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, SentAttribute>> | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

/** Bytes. Source: SNS developer guide, "Amazon SNS endpoints and quotas". */
const longestMessage = 262_144;

/** @throws ServiceError */
export function checkedMessage(input: PublishInput) {
  const { Message, Subject } = input;
  if (Message === '') throw invalidParameter('Empty message');
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject)) throw invalidParameter('Subject');
  const attributes = attributesOf(input.MessageAttributes ?? {});
  const size = [...attributes].reduce(
    (sum, [name, { type, value }]) => sum + name.length + type.length + value.length,
    0,
  );
  if (Buffer.byteLength(Message) + size > longestMessage) throw invalidParameter('Message too long');
  return { subject: Subject, textFor: textsOf(Message, input.MessageStructure), attributes };
}

/** @throws ServiceError */
function textsOf(message: string, structure: string | undefined): (protocol: string) => string {
  if (structure === undefined) return () => message;
  if (structure !== 'json') throw invalidParameter('Message Structure');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const byProtocol = (typeof texts === 'object' && texts !== null ? texts : {}) as Readonly<Record<string, unknown>>;
  const fallback = byProtocol['default'];
  if (typeof fallback !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return (protocol) => {
    const own = Object.hasOwn(byProtocol, protocol) ? byProtocol[protocol] : undefined;
    return typeof own === 'string' ? own : fallback;
  };
}

/** @throws ServiceError */
function attributesOf(sent: Readonly<Record<string, SentAttribute>>): Map<string, NotificationAttribute> {
  return new Map(
    Object.entries(sent).map(([name, { DataType = '', StringValue, BinaryValue }]) => {
      if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) {
        throw invalidValue(
          `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
        );
      }
      const bytes = DataType.startsWith('Binary') ? BinaryValue : undefined;
      const value = bytes?.toString('base64') ?? StringValue ?? '';
      if (value === '') {
        throw invalidValue(
          `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
        );
      }
      if (DataType.startsWith('Number') && !Number.isFinite(Number(value))) {
        throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
      }
      return [name, { type: DataType, value, bytes }];
    }),
  );
}

const invalidValue = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);

/** What orders a message in a FIFO topic and makes it the same as another; nothing of a standard one but its group. */
export function fifoFacts(topic: Topic, { MessageGroupId, MessageDeduplicationId, Message }: PublishInput) {
  if (!topic.isFifo) {
    if (MessageDeduplicationId !== undefined) {
      throw invalidParameter(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    }
    return { groupId: MessageGroupId, deduplicationId: undefined };
  }
  if (MessageGroupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  const isByContent = topic.attributes.get('ContentBasedDeduplication') === 'true';
  const deduplicationId =
    MessageDeduplicationId ?? (isByContent ? createHash('sha256').update(Message).digest('hex') : undefined);
  if (deduplicationId === undefined) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return { groupId: MessageGroupId, deduplicationId };
}
