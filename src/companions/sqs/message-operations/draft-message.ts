/** From what a client sends to a message: what both kinds of queue allow, digests included. */
import { hash } from 'node:crypto';
import type { Random } from '../../../kernel/random.ts';
import type { CompanionCall } from '../../companion-call.ts';
import type { MessageContent } from '../message/message.ts';
import {
  checkMessageAttributes,
  type MessageAttributes,
  md5OfAttributes,
  sizeOfAttributes,
} from '../message/message-attributes.ts';
import { checkText } from '../message/message-text.ts';
import type { MessageDraft, Queue } from '../queue/queue.ts';
import { invalidParameter, invalidValue, missingParameter, notForThisType } from '../sqs-error.ts';

/** What SendMessage and each entry of SendMessageBatch have. */
export interface MessageInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageSystemAttributes?: MessageAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export const sizeOfMessage = ({ MessageBody: body, MessageAttributes: attributes = {} }: MessageInput): number =>
  Buffer.byteLength(body) + sizeOfAttributes(attributes);

/** @throws ServiceError */
export function draftMessage(queue: Queue, input: MessageInput, call: CompanionCall, random: Random): MessageDraft {
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageSystemAttributes: system = {} } = input;
  checkText(body);
  checkMessageAttributes(attributes);
  const { maximumMessageSize } = queue.settings;
  if (sizeOfMessage(input) > maximumMessageSize) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageSize} bytes.`,
    );
  }
  const delay = delayOf(queue, input.DelaySeconds);
  const content: MessageContent = {
    id: random.uuid(),
    body,
    md5OfBody: hash('md5', body),
    attributes,
    md5OfAttributes: md5OfAttributes(attributes),
    // Source: Amazon SQS developer guide, "Amazon SQS and AWS X-Ray": the header of the request counts too.
    traceHeader: traceHeaderOf(system) ?? call.traceHeader,
    senderId: call.scope.account,
    groupId: groupOf(queue, input.MessageGroupId),
    deduplicationId: deduplicationOf(queue, input),
  };
  return delay === undefined ? { content } : { content, delay };
}

const longestDelay = 900;

/** In milliseconds. A FIFO queue delays all its messages alike. */
function delayOf({ isFifo }: Queue, delay: number | undefined): number | undefined {
  if (delay === undefined) return undefined;
  if (delay < 0 || delay > longestDelay) {
    throw invalidValue(delay, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${longestDelay}.`);
  }
  if (!isFifo) return delay * 1000;
  if (delay > 0) throw notForThisType(delay, 'DelaySeconds');
  return undefined;
}

function traceHeaderOf(system: MessageAttributes): string | undefined {
  for (const [name, { DataType: type, StringValue: text }] of Object.entries(system)) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message (system) attribute '${name}' is invalid.`);
    if (type !== 'String') {
      throw invalidParameter(`The message system attribute '${name}' has an invalid type, it must be String.`);
    }
    if (text === undefined || text === '') {
      throw invalidParameter(
        `The message system attribute '${name}' must contain non-empty message system attribute value.`,
      );
    }
    return text;
  }
  return undefined;
}

/** On standard queues it names a tenant for fair delivery and orders nothing. */
function groupOf({ isFifo }: Queue, group: string | undefined): string | undefined {
  if (group === undefined || group === '') {
    if (isFifo) throw missingParameter('MessageGroupId');
    return undefined;
  }
  checkToken(group, 'MessageGroupId');
  return group;
}

function deduplicationOf({ isFifo, settings }: Queue, input: MessageInput): string | undefined {
  const { MessageDeduplicationId: id, MessageBody: body } = input;
  if (id !== undefined && id !== '') {
    if (!isFifo) throw notForThisType(id, 'MessageDeduplicationId');
    checkToken(id, 'MessageDeduplicationId');
    return id;
  }
  if (!isFifo) return undefined;
  if (settings.contentBasedDeduplication) return hash('sha256', body);
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** @see Amazon SQS API reference, SendMessage, MessageGroupId: letters, digits and punctuation */
export function checkToken(value: string, parameter: string): void {
  if (/^[!-~]{1,128}$/.test(value)) return;
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  throw invalidValue(value, parameter, reason);
}
