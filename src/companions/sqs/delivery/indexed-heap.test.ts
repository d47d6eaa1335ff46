import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type HeapNode, IndexedHeap } from './indexed-heap.ts';

test('whatever is put in and taken out, the smallest comes first, and among equal ones the oldest', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), key: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ kind: fc.constant('remove' as const), which: fc.nat(100) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new IndexedHeap<number>();
      const nodes: HeapNode<number>[] = [];
      for (const [index, each] of steps.entries()) {
        if (each.kind === 'insert') {
          nodes.push(heap.insert(each.key, index));
        } else {
          const [node] = nodes.splice(each.which % Math.max(nodes.length, 1), 1);
          if (node === undefined) continue;
          heap.remove(node);
          heap.remove(node); // a second time does nothing
        }
        const [smallest] = nodes.toSorted((a, b) => a.key - b.key || a.serial - b.serial);
        assert.equal(heap.first, smallest);
      }
    }),
  );
});
