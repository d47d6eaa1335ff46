/**
 * What is taken from dynalite, with types: its rules for input, its actions on items, and its order of keys. Its own store and
 * server are not used: on a store that answers at once an action runs from end to end in one go (see `write-set.ts`).
 * These are inner parts of the package, so its version is pinned exactly.
 */
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import db from 'dynalite/db/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import type { Item } from '../item/item.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { guardExpressionParsers } from './expression-parsers.ts';
import type { ValueRange } from './sorted-map.ts';
import type { ValueSource } from './value-source.ts';

/** What the library throws and calls back with: `statusCode` and `body` where it is meant for the client. */
export interface LibraryFault extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

export type Callback<Value> = (fault: Error | null, value?: Value) => void;

export interface ItemDb {
  lock(key: string, run: (release: <F>(callback: F) => F) => void): void;
  get(key: string, callback: Callback<Item>): void;
  put(key: string, item: Item, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createValueStream(range: ValueRange): ValueSource;
}

export type IndexKind = 'local' | 'global';

/** What the library's actions ask of a store. */
export interface LibraryStore {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, checksStatus: boolean | Callback<TableSchema>, callback?: Callback<TableSchema>): void;
  getItemDb(table: string): ItemDb;
  /** @param kind in lower case or with a capital */
  getIndexDb(kind: string, table: string, index: string): ItemDb;
}

/** Input after `checkTypes`: only known members, of the right types. */
export type CheckedInput = Record<string, unknown>;

export type Action = (store: LibraryStore, input: CheckedInput, callback: Callback<Record<string, unknown>>) => void;

/** What an operation's input has to be. */
export interface Rules {
  readonly types: unknown;
  readonly custom?: (input: CheckedInput, store: LibraryStore) => string | undefined;
}

interface Validations {
  /** Takes what it does not know out of `input`. @throws LibraryFault */
  readonly checkTypes: (input: unknown, types: unknown) => CheckedInput;
  /** Parses expressions into members that begin with `_`. @throws LibraryFault */
  readonly checkValidations: (
    input: CheckedInput,
    types: unknown,
    custom: Rules['custom'],
    store: LibraryStore,
  ) => void;
}

interface Database {
  readonly createKey: (item: Item, table: TableSchema) => string;
  readonly validateKey: (key: Item, table: TableSchema) => LibraryFault | null | undefined;
  readonly checkConditional: (input: CheckedInput, item: Item | undefined) => LibraryFault | null | undefined;
  readonly updateIndexes: (
    store: LibraryStore,
    table: TableSchema,
    before: Item | undefined,
    after: Item | undefined,
    callback: Callback<void>,
  ) => void;
  /** Bytes. */
  readonly itemSize: (item: Item) => number;
}

guardExpressionParsers();

export const { checkTypes, checkValidations } = validations as Validations;
export const { createKey, validateKey, checkConditional, updateIndexes, itemSize } = db as Database;

export const actions = {
  BatchGetItem: batchGetItem as Action,
  BatchWriteItem: batchWriteItem as Action,
  DeleteItem: deleteItem as Action,
  GetItem: getItem as Action,
  PutItem: putItem as Action,
  Query: query as Action,
  Scan: scan as Action,
  UpdateItem: updateItem as Action,
};

export type ActionName = keyof typeof actions;

export const rules = {
  BatchGetItem: batchGetItemRules as Rules,
  BatchWriteItem: batchWriteItemRules as Rules,
  CreateTable: createTableRules as Rules,
  DeleteItem: deleteItemRules as Rules,
  GetItem: getItemRules as Rules,
  PutItem: putItemRules as Rules,
  Query: queryRules as Rules,
  Scan: scanRules as Rules,
  UpdateItem: updateItemRules as Rules,
};

export type RulesName = keyof typeof rules;
