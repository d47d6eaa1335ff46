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

/** In the order in which AWS lists them. */
const systemAttributes: Readonly<Record<string, (message: Message, isFifo: boolean) => string | undefined>> = {
  SenderId: ({ content }) => content.senderId,
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  SentTimestamp: ({ sentAt }) => String(sentAt),
  SequenceNumber: ({ sequence }, isFifo) => (isFifo ? sequenceText(sequence) : undefined),
  MessageDeduplicationId: ({ content }) => content.deduplicationId,
  MessageGroupId: ({ content }) => content.groupId,
  AWSTraceHeader: ({ content }) => content.traceHeader,
  DeadLetterQueueSourceArn: ({ deadLetterSource }) => deadLetterSource,
};

/** @throws ServiceError InvalidAttributeName */
export function messageReader(queue: Queue, input: ReceiveInput): (message: Message) => ReceivedMessage {
  const {
    AttributeNames: older = [],
    MessageSystemAttributeNames: newer = [],
    MessageAttributeNames: wanted = [],
  } = input;
  const names: readonly string[] = [...older, ...newer];
  // The older parameter takes the names of a queue's attributes too, and gives nothing for them.
  const unknown = names.find(
    (name) => name !== 'All' && !Object.hasOwn(systemAttributes, name) && !isQueueAttribute(name),
  );
  if (unknown !== undefined) throw unknownAttribute(unknown);
  const isAll = names.includes('All');
  const chosen = Object.entries(systemAttributes).filter(([name]) => isAll || names.includes(name));
  return (message) => {
    const { content } = message;
    const attributes = chosenAttributes(content.attributes, wanted);
    const md5 = attributes === content.attributes ? content.md5OfAttributes : md5OfAttributes(attributes);
    return {
      MessageId: content.id,
      ReceiptHandle: queue.receiptHandleOf(message),
      MD5OfBody: content.md5OfBody,
      Body: content.body,
      ...(chosen.length === 0 ? {} : { Attributes: systemValues(chosen, message, queue.isFifo) }),
      ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5, MessageAttributes: attributes }),
    };
  };
}

function systemValues(
  chosen: readonly (readonly [string, (message: Message, isFifo: boolean) => string | undefined])[],
  message: Message,
  isFifo: boolean,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, valueOf] of chosen) {
    const value = valueOf(message, isFifo);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
