/** Standard queues: whoever becomes visible first is received first. */
import type { Message } from '../message/message.ts';
import type { DeliveryOrder } from './delivery-order.ts';
import { LinkedList } from './linked-list.ts';

export class StandardOrder implements DeliveryOrder {
  #visible = new LinkedList<Message>();

  enter(message: Message): void {
    if (message.state === 'visible') this.show(message);
  }

  show(message: Message): void {
    this.#visible.append(message.place);
  }

  take(limit: number, admit: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    while (taken.length < limit) {
      const { first } = this.#visible;
      if (first === undefined) break;
      this.#visible.remove(first);
      if (admit(first.item)) taken.push(first.item);
    }
    return taken;
  }

  leave(message: Message): void {
    this.#visible.remove(message.place);
  }

  get next(): Message | undefined {
    return this.#visible.first?.item;
  }

  clear(): void {
    this.#visible = new LinkedList();
  }
}
