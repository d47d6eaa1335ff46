/** Writes what the indexes of a table hold of an item. */
import { validationException } from '../../../aws/service-error.ts';
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

/**
 * AWS leaves items out of a new index whose attributes have other types than its keys. Here the index is refused: the library
 * cannot write such items any more.
 * @param schema with the global indexes that are new
 * @throws ServiceError that names the index and the attribute
 */
export function checkIndexable(items: Iterable<Item>, { GlobalSecondaryIndexes = [], ...schema }: TableSchema): void {
  const types = new Map(schema.AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType]));
  const keys = GlobalSecondaryIndexes.flatMap(({ IndexName, KeySchema }) =>
    KeySchema.map(({ AttributeName: name }) => ({ IndexName, name, type: types.get(name) ?? 'S' })),
  );
  if (keys.length === 0) return;
  for (const item of items) {
    const wrong = keys.find(({ name, type }) => item[name] !== undefined && item[name][type] === undefined);
    if (wrong === undefined) continue;
    throw validationException(
      `lambdad cannot build the index ${wrong.IndexName}: an item has an attribute ${wrong.name} that is not of type ${wrong.type}`,
    );
  }
}
