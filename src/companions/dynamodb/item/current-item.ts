/** The item that a write is about, as it is now. */
import { type CheckedInput, createKey } from '../engine/library.ts';
import type { TableDirectory } from '../table/table-directory.ts';
import type { Item } from './item.ts';

/** @param input with the key, or with an item that has it */
export function currentItem(tables: TableDirectory, input: CheckedInput): Item | undefined {
  const table = tables.find(input['TableName'] as string);
  return table?.items.get(createKey((input['Key'] ?? input['Item']) as Item, table.schema));
}
