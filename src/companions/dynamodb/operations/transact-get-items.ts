import { validationException } from '../../../aws/service-error.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { checkInput, runAction } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import type { RawInput } from '../item/item.ts';
import type { Room } from '../room.ts';
import { cancelFor, noReason, reasonOf } from '../transaction/cancellation.ts';
import { elementOf } from '../transaction/transaction-input.ts';
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
    const elements = (raw['TransactItems'] as readonly RawInput[]).map((item) => {
      const element = elementOf(item, tables);
      if (element?.kind !== 'Get') throw validationException('TransactItems can only contain Get in its elements');
      return { ...checkInput('GetItem', element.input, store), ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' };
    });
    for (const element of elements) tables.require((element as RawInput)['TableName'] as string);
    const outputs: RawInput[] = [];
    const reasons = elements.map((element) => {
      try {
        outputs.push(runAction('GetItem', element, store));
        return noReason;
      } catch (error) {
        return reasonOf(error, undefined);
      }
    });
    cancelFor(reasons);
    const used = outputs.map(({ ConsumedCapacity }) => ConsumedCapacity as RawInput);
    return {
      ...consumedByTable(raw['ReturnConsumedCapacity'], used, 'ReadCapacityUnits'),
      Responses: outputs.map(({ Item }) => (Item === undefined ? {} : { Item })),
    };
  };
