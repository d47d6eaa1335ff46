import { validationException } from '../../../aws/service-error.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { type CheckedInput, checkConditional, createKey, itemSize, validateKey } from '../engine/library.ts';
import { clientError } from '../engine/library-error.ts';
import { runAction } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import { currentItem } from '../item/current-item.ts';
import type { Item, RawInput } from '../item/item.ts';
import type { Room } from '../room.ts';
import type { TableDirectory } from '../table/table-directory.ts';
import { type CancellationReason, cancelFor, noReason, reasonOf } from '../transaction/cancellation.ts';
import { readWrite, type TransactionWrite } from '../transaction/transaction-write.ts';
import { consumedByTable } from './consumed-capacity.ts';

/** Bytes of all items. Source: API reference, "TransactWriteItems". */
const mostBytes = 4 * 1024 * 1024;

/**
 * `TransactWriteItems`: every element runs against the tables as they are and writes into one set, which is committed when none
 * of them has failed. Since nothing else runs meanwhile, transactions never conflict.
 * @throws ServiceError TransactionCanceledException with a reason for each element
 */
export const transactWriteItems =
  (room: Room) =>
  (raw: RawInput, call: CompanionCall): RawInput => {
    const tables = room.of(call);
    const { ClientRequestToken: token, TransactItems, ReturnConsumedCapacity: capacity } = raw;
    const answered = typeof token === 'string' ? tables.tokens.find(token, TransactItems) : undefined;
    if (answered !== undefined) return answered;
    const store = new WriteSet(tables.find);
    const writes = (TransactItems as readonly RawInput[]).map((item) => readWrite(item, tables, store));
    checkTogether(writes, tables);
    const used: RawInput[] = [];
    const reasons = writes.map((write): CancellationReason => {
      try {
        used.push(runWrite(write, tables, store));
        return noReason;
      } catch (error) {
        return reasonOf(error, () => (write.showsItem ? currentItem(tables, write.input) : undefined));
      }
    });
    cancelFor(reasons);
    store.commit();
    const output = consumedByTable(capacity, used, 'WriteCapacityUnits');
    if (typeof token === 'string') tables.tokens.remember(token, TransactItems, output);
    return output;
  };

/** @throws ServiceError for a table that is not there, two elements about one item, and too much at once */
function checkTogether(writes: readonly TransactionWrite[], tables: TableDirectory): void {
  const places = writes.flatMap(({ input }) => placeOf(input, tables) ?? []);
  if (new Set(places).size < places.length) {
    throw validationException('Transaction request cannot include multiple operations on one item');
  }
  const size = writes.reduce((sum, { input }) => sum + itemSize((input['Item'] ?? {}) as Item), 0);
  if (size > mostBytes) throw validationException('Member must have an aggregate size of at most 4194304 bytes');
}

/** @returns Nothing for a key that is wrong: that is the reason of its element alone. */
function placeOf(input: CheckedInput, tables: TableDirectory): string | undefined {
  const { name, schema } = tables.require(input['TableName'] as string);
  const item = (input['Key'] ?? input['Item']) as Item;
  const keys = schema.KeySchema.flatMap(({ AttributeName: key }) =>
    item[key] === undefined ? [] : [[key, item[key]]],
  );
  const key = Object.fromEntries(keys) as Item;
  return validateKey(key, schema) ? undefined : `${name}/${createKey(key, schema)}`;
}

/** @returns What it has used. @throws ServiceError why it cannot happen */
function runWrite({ kind, operation, input }: TransactionWrite, tables: TableDirectory, store: WriteSet): RawInput {
  if (kind === 'ConditionCheck') return checkCondition(input, tables);
  return runAction(operation, input, store)['ConsumedCapacity'] as RawInput;
}

function checkCondition(input: CheckedInput, tables: TableDirectory): RawInput {
  const { schema } = tables.require(input['TableName'] as string);
  const invalid = validateKey(input['Key'] as Item, schema);
  if (invalid) throw clientError(invalid) ?? invalid;
  const failed = checkConditional(input, currentItem(tables, input));
  if (failed) throw clientError(failed) ?? failed;
  return { TableName: schema.TableName, CapacityUnits: 1 };
}
