/** Which message is received next: the port in which standard and FIFO queues differ. */
import type { Message } from '../message/message.ts';

export interface DeliveryOrder {
  /** A message came into the queue, delayed or visible. */
  enter(message: Message): void;
  /** Its delay or its visibility time-out is over: its state is `visible` again. */
  show(message: Message): void;
  /**
   * Takes up to `limit` visible messages for one receive.
   * @param admit Makes a message one in flight and says true; false when it left the queue instead.
   */
  take(limit: number, admit: (message: Message) => boolean): Message[];
  /** A message that is in the queue leaves it, whatever its state. */
  leave(message: Message): void;
  /** The one that `take` would begin with. */
  readonly next: Message | undefined;
  clear(): void;
}
