/** A heap that gives its smallest element and lets go of any other, both in logarithmic time. */

/** An element's place; `index` is below zero when it is in no heap. */
export interface HeapNode<Item> {
  readonly item: Item;
  readonly key: number;
  /** Among equal keys the one that came first is smaller. */
  readonly serial: number;
  index: number;
}

export class IndexedHeap<Item> {
  readonly #nodes: HeapNode<Item>[] = [];
  #serial = 0;

  get first(): HeapNode<Item> | undefined {
    return this.#nodes[0];
  }

  insert(key: number, item: Item): HeapNode<Item> {
    this.#serial += 1;
    const node: HeapNode<Item> = { item, key, serial: this.#serial, index: this.#nodes.length };
    this.#nodes.push(node);
    this.#rise(node);
    return node;
  }

  /** Does nothing for a node that has been taken out already. */
  remove(node: HeapNode<Item>): void {
    if (this.#nodes[node.index] !== node) return;
    const last = this.#nodes.pop();
    if (last !== undefined && last !== node) {
      this.#put(last, node.index);
      this.#rise(last);
      this.#sink(last);
    }
    node.index = -1;
  }

  clear(): void {
    for (const node of this.#nodes) node.index = -1;
    this.#nodes.length = 0;
  }

  #rise(node: HeapNode<Item>): void {
    while (node.index > 0) {
      const parent = this.#nodes[(node.index - 1) >> 1];
      if (parent === undefined || isSmaller(parent, node)) return;
      this.#swap(parent, node);
    }
  }

  #sink(node: HeapNode<Item>): void {
    for (;;) {
      const left = this.#nodes[2 * node.index + 1];
      const right = this.#nodes[2 * node.index + 2];
      const child = right !== undefined && left !== undefined && isSmaller(right, left) ? right : left;
      if (child === undefined || isSmaller(node, child)) return;
      this.#swap(node, child);
    }
  }

  #swap(upper: HeapNode<Item>, lower: HeapNode<Item>): void {
    const at = upper.index;
    this.#put(upper, lower.index);
    this.#put(lower, at);
  }

  #put(node: HeapNode<Item>, index: number): void {
    this.#nodes[index] = node;
    node.index = index;
  }
}

const isSmaller = <Item>(a: HeapNode<Item>, b: HeapNode<Item>): boolean =>
  a.key < b.key || (a.key === b.key && a.serial < b.serial);
