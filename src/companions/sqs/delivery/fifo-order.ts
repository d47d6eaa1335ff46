/**
 * FIFO queues: the messages of a group in the order in which they were sent. A receive may take several of one group; while
 * any of them is in flight the group gives nothing else.
 * @see Amazon SQS developer guide, "FIFO queue delivery logic"
 */
import { invariant } from '../../../kernel/invariant.ts';
import type { Message } from '../message/message.ts';
import type { DeliveryOrder } from './delivery-order.ts';
import { LinkedList, type ListNode, listNode } from './linked-list.ts';

class Group {
  readonly id: string;
  /** Delayed and visible ones, by their sequence. */
  readonly waiting = new LinkedList<Message>();
  inFlight = 0;
  /** Its place among the groups that have something to give. */
  readonly place: ListNode<Group> = listNode<Group>(this);

  constructor(id: string) {
    this.id = id;
  }
}

export class FifoOrder implements DeliveryOrder {
  readonly #groups = new Map<string, Group>();
  /** The group that has waited longest comes first. */
  #ready = new LinkedList<Group>();

  enter(message: Message): void {
    const group = this.#groupOf(message);
    group.waiting.append(message.place);
    this.#update(group);
  }

  show(message: Message): void {
    const group = this.#groupOf(message);
    if (message.place.list === undefined) {
      group.inFlight -= 1;
      insertInOrder(group.waiting, message.place);
    }
    this.#update(group);
  }

  take(limit: number, admit: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    while (taken.length < limit) {
      const group = this.#ready.first?.item;
      if (group === undefined) break;
      for (let head = visibleHead(group); head !== undefined && taken.length < limit; head = visibleHead(group)) {
        group.waiting.remove(head.place);
        if (!admit(head)) continue;
        group.inFlight += 1;
        taken.push(head);
      }
      this.#update(group);
    }
    return taken;
  }

  leave(message: Message): void {
    const group = this.#groupOf(message);
    if (message.place.list === undefined) group.inFlight -= 1;
    else group.waiting.remove(message.place);
    this.#update(group);
  }

  get next(): Message | undefined {
    return this.#ready.first?.item.waiting.first?.item;
  }

  clear(): void {
    this.#groups.clear();
    this.#ready = new LinkedList();
  }

  /** Brings its place among the ready ones, and its being there at all, in line with what it holds. */
  #update(group: Group): void {
    const isReady = group.inFlight === 0 && visibleHead(group) !== undefined;
    if (isReady && group.place.list === undefined) this.#ready.append(group.place);
    if (!isReady) this.#ready.remove(group.place);
    if (group.inFlight === 0 && group.waiting.first === undefined) this.#groups.delete(group.id);
  }

  #groupOf({ content: { groupId } }: Message): Group {
    invariant(groupId !== undefined, 'a message of a FIFO queue has a group');
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = new Group(groupId);
      this.#groups.set(groupId, group);
    }
    return group;
  }
}

/** One that is delayed holds up those behind it. */
function visibleHead({ waiting }: Group): Message | undefined {
  const head = waiting.first?.item;
  return head?.state === 'visible' ? head : undefined;
}

/** What comes back was at the front: its place is found within as many steps as were in flight with it. */
function insertInOrder(list: LinkedList<Message>, node: ListNode<Message>): void {
  let previous: ListNode<Message> | undefined;
  for (let next = list.first; next !== undefined && next.item.sequence < node.item.sequence; next = next.next) {
    previous = next;
  }
  list.insertAfter(previous, node);
}
