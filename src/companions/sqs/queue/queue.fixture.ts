/** Queues for tests, on a clock that moves when told to. */
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import type { Message, MessageContent } from '../message/message.ts';
import type { MessageDraft, Queue, ReceiveRequest } from './queue.ts';
import { changedAttributes, defaultAttributes, type QueueAttributes } from './queue-attributes.ts';
import { QueueDirectory } from './queue-directory.ts';
import { isFifoName } from './queue-name.ts';

export const scope = scopeOf(accountId('000000000000'), region('us-east-1'));

export class TestQueues implements Disposable {
  readonly clock = new VirtualClock();
  readonly directory: QueueDirectory;
  #ids = 0;

  constructor() {
    const random = { uuid: () => this.#uuid(), hex: () => `${(this.#ids += 1)}`, fraction: () => 0 };
    this.directory = new QueueDirectory({ clock: this.clock, random, nameRest: 0 });
  }

  create(name: string, given: QueueAttributes = {}): Queue {
    const isFifo = isFifoName(name);
    return this.directory.create({ scope, name }, changedAttributes(defaultAttributes(isFifo), given, isFifo));
  }

  /** A message whose body is its name. */
  draft(name: string, wishes: Partial<MessageContent> & { readonly delay?: number } = {}): MessageDraft {
    const { delay, ...content } = wishes;
    return {
      content: {
        id: this.#uuid(),
        body: name,
        md5OfBody: '',
        attributes: {},
        md5OfAttributes: undefined,
        traceHeader: undefined,
        senderId: 'test',
        groupId: undefined,
        deduplicationId: undefined,
        ...content,
      },
      ...(delay === undefined ? {} : { delay }),
    };
  }

  send(queue: Queue, ...names: readonly string[]): void {
    queue.send(names.map((name) => this.draft(name)));
  }

  /** To a FIFO queue; each is its own deduplication id. */
  sendTo(queue: Queue, groupId: string, ...names: readonly string[]): void {
    queue.send(names.map((name) => this.draft(name, { groupId, deduplicationId: name })));
  }

  advance(seconds: number): void {
    this.clock.advance(milliseconds(seconds * 1000));
  }

  [Symbol.dispose](): void {
    this.directory[Symbol.dispose]();
  }

  #uuid(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }
}

const never = new AbortController().signal;

/** Receives what is there now. */
export function receiveNow(queue: Queue, wishes: Partial<ReceiveRequest> = {}): readonly Message[] {
  const received = queue.receive({ limit: 10, wait: 0, signal: never, ...wishes });
  if (received instanceof Promise) throw new Error('it waits');
  return received;
}

export const bodies = (messages: readonly Message[]): readonly string[] => messages.map(({ content }) => content.body);
