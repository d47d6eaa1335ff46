/** A list whose elements can be taken out anywhere, each in constant time. */

/** An element's place; without `list` it is in none. */
export interface ListNode<Item> {
  readonly item: Item;
  previous: ListNode<Item> | undefined;
  next: ListNode<Item> | undefined;
  list: LinkedList<Item> | undefined;
}

export const listNode = <Item>(item: Item): ListNode<Item> => ({
  item,
  previous: undefined,
  next: undefined,
  list: undefined,
});

export class LinkedList<Item> {
  #first: ListNode<Item> | undefined;
  #last: ListNode<Item> | undefined;

  get first(): ListNode<Item> | undefined {
    return this.#first;
  }

  /** Puts a node that is in no list behind `previous`; at the front when there is none. */
  insertAfter(previous: ListNode<Item> | undefined, node: ListNode<Item>): void {
    const next = previous === undefined ? this.#first : previous.next;
    node.previous = previous;
    node.next = next;
    node.list = this;
    if (previous === undefined) this.#first = node;
    else previous.next = node;
    if (next === undefined) this.#last = node;
    else next.previous = node;
  }

  append(node: ListNode<Item>): void {
    this.insertAfter(this.#last, node);
  }

  /** Does nothing for a node that is not in this list. */
  remove(node: ListNode<Item>): void {
    if (node.list !== this) return;
    const { previous, next } = node;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    node.previous = undefined;
    node.next = undefined;
    node.list = undefined;
  }
}
