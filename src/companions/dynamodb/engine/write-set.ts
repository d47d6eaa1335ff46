/**
 * The store on which the library's actions run for one request. It answers at once, so that an action ends before anything else
 * can run, and it keeps what is written until `commit`: a request has all of its effect or none, whatever goes wrong in it, and
 * nobody sees half of it.
 */
import type { Author, Item } from '../item/item.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type Callback, createKey, type ItemDb, type LibraryStore } from './library.ts';
import type { SortedMap, ValueRange } from './sorted-map.ts';
import { ValueSource } from './value-source.ts';

export interface WriteSetOptions {
  /** Local indexes answer with attributes that are not projected into them, fetched from the table. */
  readonly fetchesFromTable?: boolean;
}

/** A table, as far as it is read and written here. */
export interface WrittenTable {
  readonly schema: TableSchema;
  readonly items: SortedMap<Item>;
  index(name: string): SortedMap<Item>;
  write(key: string, item: Item | undefined, author: Author): void;
}

export type FindTable = (name: string) => WrittenTable | undefined;

type Write =
  | { readonly kind: 'item'; readonly table: WrittenTable; readonly key: string; readonly item: Item | undefined }
  | { readonly kind: 'index'; readonly index: SortedMap<Item>; readonly key: string; readonly item: Item | undefined };

export class WriteSet implements LibraryStore {
  /** Bytes. Source: developer guide, "Quotas in Amazon DynamoDB". */
  readonly options = { maxItemSize: 400 * 1024 };
  readonly #find: FindTable;
  readonly #fetchesFromTable: boolean;
  readonly #writes: Write[] = [];
  readonly #sources: ValueSource[] = [];

  constructor(find: FindTable, { fetchesFromTable = false }: WriteSetOptions = {}) {
    this.#find = find;
    this.#fetchesFromTable = fetchesFromTable;
  }

  readonly getTable = (
    name: string,
    second: boolean | Callback<TableSchema>,
    third: Callback<TableSchema> = () => undefined,
  ): void => {
    const callback = typeof second === 'function' ? second : third;
    const schema = this.#find(name)?.schema;
    if (schema === undefined) callback(tableMissing());
    else callback(null, this.#fetchesFromTable ? withWholeLocalIndexes(schema) : schema);
  };

  readonly getItemDb = (name: string): ItemDb => {
    const table = this.#table(name);
    return this.#db(
      table.items,
      (key, item) => this.#writes.push({ kind: 'item', table, key, item }),
      (item) => item,
    );
  };

  readonly getIndexDb = (kind: string, name: string, indexName: string): ItemDb => {
    const table = this.#table(name);
    const index = table.index(indexName);
    const fetches = this.#fetchesFromTable && kind.toLowerCase() === 'local';
    return this.#db(
      index,
      (key, item) => this.#writes.push({ kind: 'index', index, key, item: item && defined(item) }),
      fetches ? (item) => table.items.get(createKey(item, table.schema)) ?? item : (item) => item,
    );
  };

  /** Lets everything flow that is being read. */
  read(): void {
    for (let source = this.#sources.shift(); source !== undefined; source = this.#sources.shift()) source.flow();
  }

  commit(author: Author = 'client'): void {
    for (const write of this.#writes.splice(0)) {
      if (write.kind === 'item') write.table.write(write.key, write.item, author);
      else if (write.item === undefined) write.index.delete(write.key);
      else write.index.set(write.key, write.item);
    }
  }

  #table(name: string): WrittenTable {
    const table = this.#find(name);
    if (table === undefined) throw tableMissing();
    return table;
  }

  #db(
    items: SortedMap<Item>,
    write: (key: string, item: Item | undefined) => void,
    shown: (item: Item) => Item,
  ): ItemDb {
    return {
      // Nothing else runs meanwhile.
      lock: (_, run) => run((callback) => callback),
      get: (key, callback) => callback(null, items.get(key)),
      put: (key, item, callback) => {
        write(key, item);
        callback(null);
      },
      del: (key, callback) => {
        write(key, undefined);
        callback(null);
      },
      createValueStream: (range) => {
        const source = new ValueSource(this.#shown(items, range, shown));
        this.#sources.push(source);
        return source;
      },
    };
  }

  *#shown(items: SortedMap<Item>, range: ValueRange, shown: (item: Item) => Item): Generator<Item> {
    for (const [, item] of items.entries(range)) yield shown(item);
  }
}

/** The library leaves attributes in index entries that their items do not have. */
const defined = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

function withWholeLocalIndexes(schema: TableSchema): TableSchema {
  const { LocalSecondaryIndexes: indexes } = schema;
  if (indexes === undefined) return schema;
  return {
    ...schema,
    LocalSecondaryIndexes: indexes.map((index) => ({ ...index, Projection: { ProjectionType: 'ALL' } })),
  };
}

function tableMissing(): Error {
  const message = 'Requested resource not found';
  const body = { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message };
  return Object.assign(new Error(message), { statusCode: 400, body });
}
