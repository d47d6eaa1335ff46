/** A message as its receiver sees it, with the attributes that it asked for. */
import type { SqsOperations } from '../../../aws/generated/sqs-operations.ts';
import type { Message } from '../message/message.ts';
import { chosenAttributes, md5OfAttributes } from '../message/message-attributes.ts';
import { sequenceText } from '../message/sequence-text.ts';
import type { Queue } from '../queue/queue.ts';
import { isQueueAttribute } from '../queue-operations/shown-attributes.ts';
import { unknownAttribute } from '../sqs-error.ts';

type ReceiveInput = SqsOperations['ReceiveMessage']['input'];
type ReceivedMessage = NonNullable<SqsOperations['ReceiveMessage']['output']['Messages']>[number];

interface SystemAttribute {
  readonly name: string;
  readonly valueOf: (message: Message, isFifo: boolean) => string | undefined;
}

/** In the order in which AWS lists them. */
const systemAttributes: readonly SystemAttribute[] = [
  { name: 'SenderId', valueOf: ({ content }) => content.senderId },
  { name: 'ApproximateFirstReceiveTimestamp', valueOf: ({ firstReceivedAt }) => String(firstReceivedAt) },
  { name: 'ApproximateReceiveCount', valueOf: ({ receiveCount }) => String(receiveCount) },
  { name: 'SentTimestamp', valueOf: ({ sentAt }) => String(sentAt) },
  { name: 'SequenceNumber', valueOf: ({ sequence }, isFifo) => (isFifo ? sequenceText(sequence) : undefined) },
  { name: 'MessageDeduplicationId', valueOf: ({ content }) => content.deduplicationId },
  { name: 'MessageGroupId', valueOf: ({ content }) => content.groupId },
  { name: 'AWSTraceHeader', valueOf: ({ content }) => content.traceHeader },
  { name: 'DeadLetterQueueSourceArn', valueOf: ({ deadLetterSource }) => deadLetterSource },
];

const systemNames: ReadonlySet<string> = new Set(systemAttributes.map(({ name }) => name));

/** @throws ServiceError InvalidAttributeName */
export function messageReader(queue: Queue, input: ReceiveInput): (message: Message) => ReceivedMessage {
  const chosen = chosenSystemAttributes(input);
  const { MessageAttributeNames: wanted = [] } = input;
  return (message) => {
    const { id, body, md5OfBody, attributes: sent, md5OfAttributes: md5OfAll } = message.content;
    const attributes = md5OfAll === undefined ? sent : chosenAttributes(sent, wanted);
    const md5 = attributes === sent ? md5OfAll : md5OfAttributes(attributes);
    return {
      MessageId: id,
      ReceiptHandle: queue.receiptHandleOf(message),
      MD5OfBody: md5OfBody,
      Body: body,
      ...(chosen.length === 0 ? {} : { Attributes: systemValues(chosen, message, queue.isFifo) }),
      ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5, MessageAttributes: attributes }),
    };
  };
}

function chosenSystemAttributes(input: ReceiveInput): readonly SystemAttribute[] {
  const { AttributeNames: older = [], MessageSystemAttributeNames: newer = [] } = input;
  const names: readonly string[] = newer.length === 0 ? older : [...older, ...newer];
  // The older parameter takes the names of a queue's attributes too, and gives nothing for them.
  const unknown = names.find((name) => !systemNames.has(name) && !isQueueAttribute(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  if (names.length === 0) return [];
  return names.includes('All') ? systemAttributes : systemAttributes.filter(({ name }) => names.includes(name));
}

function systemValues(
  chosen: readonly SystemAttribute[],
  message: Message,
  isFifo: boolean,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, valueOf } of chosen) {
    const value = valueOf(message, isFifo);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
