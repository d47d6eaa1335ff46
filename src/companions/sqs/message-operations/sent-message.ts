/** What a sender is told of its message. */
import type { SentBefore } from '../delivery/deduplication-window.ts';
import { md5OfAttributes } from '../message/message-attributes.ts';
import { sequenceText } from '../message/sequence-text.ts';
import type { MessageDraft, Queue } from '../queue/queue.ts';
import type { MessageInput } from './draft-message.ts';

export interface SentOutput {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

/** The digests let the sender check what arrived, which a duplicate's do too. */
export function sentOutput(queue: Queue, input: MessageInput, { content }: MessageDraft, sent: SentBefore): SentOutput {
  const system = md5OfAttributes(input.MessageSystemAttributes ?? {});
  const { md5OfBody, md5OfAttributes: attributes } = content;
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: md5OfBody,
    ...(attributes === undefined ? {} : { MD5OfMessageAttributes: attributes }),
    ...(system === undefined ? {} : { MD5OfMessageSystemAttributes: system }),
    ...(queue.isFifo ? { SequenceNumber: sequenceText(sent.sequence) } : {}),
  };
}
