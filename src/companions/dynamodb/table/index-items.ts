/** Writes what the indexes of a table hold of an item. */
import { updateIndexes } from '../engine/library.ts';
import type { WriteSet } from '../engine/write-set.ts';
import type { Item } from '../item/item.ts';
import type { TableSchema } from './table-schema.ts';

/** @param before the item as the indexes hold it, @param after as they shall */
export function indexItems(
  store: WriteSet,
  schema: TableSchema,
  before: Item | undefined,
  after: Item | undefined,
): void {
  let isDone = false;
  updateIndexes(store, schema, before, after, (fault) => {
    if (fault !== null && fault !== undefined) throw fault;
    isDone = true;
  });
  if (!isDone) throw new Error('the indexes were not written at once');
}
