import type { CompanionCall } from '../../companion-call.ts';
import { checkInput, runAction } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import type { RawInput } from '../item/item.ts';
import type { Room } from '../room.ts';
import { cancelFor, noReason, reasonOf } from '../transaction/cancellation.ts';
import { consumedByTable } from './consumed-capacity.ts';

/**
 * `TransactGetItems`: all items as they are at one moment.
 * @throws ServiceError TransactionCanceledException when a key is wrong
 */
export const transactGetItems =
  (room: Room) =>
  (raw: RawInput, call: CompanionCall): RawInput => {
    const tables = room.of(call);
    const store = new WriteSet(tables.find);
    const gets = (raw['TransactItems'] as readonly { readonly Get: RawInput }[]).map(({ Get }) => {
      const { name } = tables.require(Get['TableName'] as string);
      const checked = checkInput('GetItem', { ...Get, TableName: name }, store);
      return { ...checked, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' };
    });
    const outputs: RawInput[] = [];
    const reasons = gets.map((get) => {
      try {
        outputs.push(runAction('GetItem', get, store));
        return noReason;
      } catch (error) {
        return reasonOf(error, () => undefined);
      }
    });
    cancelFor(reasons);
    const used = outputs.map(({ ConsumedCapacity }) => ConsumedCapacity as RawInput);
    return {
      ...consumedByTable(raw['ReturnConsumedCapacity'], used, 'ReadCapacityUnits'),
      Responses: outputs.map(({ Item }) => (Item === undefined ? {} : { Item })),
    };
  };
