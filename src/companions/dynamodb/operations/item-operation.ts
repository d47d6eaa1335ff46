/**
 * The eight operations on items, which differ in the library's action alone: GetItem, PutItem, UpdateItem, DeleteItem, Query,
 * Scan, BatchGetItem and BatchWriteItem.
 */
import type { CompanionCall } from '../../companion-call.ts';
import { type ActionName, actions } from '../engine/library.ts';
import { DetailedError } from '../engine/library-error.ts';
import { checkInput, isConditionFailure, runAction } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import { currentItem } from '../item/current-item.ts';
import type { Item, RawInput } from '../item/item.ts';
import type { Room } from '../room.ts';
import { withTableNames } from './table-names.ts';

export const itemOperations = (room: Room) => ({
  BatchGetItem: itemOperation(room, 'BatchGetItem'),
  BatchWriteItem: itemOperation(room, 'BatchWriteItem'),
  DeleteItem: itemOperation(room, 'DeleteItem'),
  GetItem: itemOperation(room, 'GetItem'),
  PutItem: itemOperation(room, 'PutItem'),
  Query: itemOperation(room, 'Query'),
  Scan: itemOperation(room, 'Scan'),
  UpdateItem: itemOperation(room, 'UpdateItem'),
});

export const itemOperationNames = Object.keys(actions) as readonly ActionName[];

function itemOperation(room: Room, action: ActionName) {
  return (raw: RawInput, call: CompanionCall): RawInput => {
    const tables = room.of(call);
    const { input, restore } = withTableNames(raw, tables);
    // Any attribute can be had from a local index, as the service fetches from the table what is not projected.
    const fetchesFromTable =
      input['Select'] === 'ALL_ATTRIBUTES' ||
      input['ProjectionExpression'] !== undefined ||
      input['AttributesToGet'] !== undefined;
    const store = new WriteSet(tables.find, { fetchesFromTable });
    const checked = checkInput(action, input, store);
    try {
      const output = runAction(action, checked, store);
      store.commit();
      return restore(output);
    } catch (error) {
      if (!isConditionFailure(error) || input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD') throw error;
      throw withItem(error as Error, currentItem(tables, checked));
    }
  };
}

const withItem = ({ message }: Error, item: Item | undefined): DetailedError =>
  new DetailedError('ConditionalCheckFailedException', message, item === undefined ? {} : { Item: item });
