import { validationException } from '../../../aws/service-error.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { type CheckedInput, checkConditional, createKey, itemSize, validateKey } from '../engine/library.ts';
import { clientError } from '../engine/library-error.ts';
import { checkInput, runAction } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import type { Item, RawInput } from '../item/item.ts';
import type { Room } from '../room.ts';
import type { TableDirectory } from '../table/table-directory.ts';
import { type CancellationReason, cancelFor, noReason, reasonOf } from '../transaction/cancellation.ts';
import { type CheckedElement, elementOf } from '../transaction/transaction-input.ts';
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
    const elements = (TransactItems as readonly RawInput[]).map((item) => checkElement(item, tables, store));
    for (const { input } of elements) tables.require(input['TableName'] as string);
    const used: RawInput[] = [];
    const reasons = elements.map((element): CancellationReason => {
      try {
        used.push(runElement(element, tables, store));
        return noReason;
      } catch (error) {
        const shows = element.input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
        return reasonOf(error, shows ? presentItem(element, tables) : undefined);
      }
    });
    checkElements(elements, tables);
    cancelFor(reasons);
    store.commit();
    const output = consumedByTable(capacity, used, 'WriteCapacityUnits');
    if (typeof token === 'string') tables.tokens.remember(token, TransactItems, output);
    return output;
  };

function checkElement(raw: RawInput, tables: TableDirectory, store: WriteSet): CheckedElement {
  const element = elementOf(raw, tables);
  if (element === undefined) {
    throw validationException(
      'TransactItems can only contain one of ConditionCheck, Put, Update or Delete in each of its elements',
    );
  }
  const checked = checkInput(element.rules, element.input, store);
  return { ...element, checked: { ...checked, ReturnConsumedCapacity: 'TOTAL' } };
}

/** @returns What it has used. @throws ServiceError why it cannot happen */
function runElement({ kind, rules, checked }: CheckedElement, tables: TableDirectory, store: WriteSet): RawInput {
  if (kind === 'ConditionCheck') return checkCondition(checked, tables);
  const action = rules === 'GetItem' ? undefined : rules;
  if (action === undefined) throw validationException('A transaction that writes cannot get');
  return runAction(action, checked, store)['ConsumedCapacity'] as RawInput;
}

function checkCondition(checked: CheckedInput, tables: TableDirectory): RawInput {
  const { schema, items } = tables.require(checked['TableName'] as string);
  const key = checked['Key'] as Item;
  const invalid = validateKey(key, schema);
  if (invalid) throw clientError(invalid) ?? invalid;
  const failed = checkConditional(checked, items.get(createKey(key, schema)));
  if (failed) throw clientError(failed) ?? failed;
  return { TableName: schema.TableName, CapacityUnits: 1 };
}

/** @throws ServiceError for two elements about one item, and for too much at once */
function checkElements(elements: readonly CheckedElement[], tables: TableDirectory): void {
  const places = elements.flatMap((element) => placeOf(element, tables) ?? []);
  if (new Set(places).size < places.length) {
    throw validationException('Transaction request cannot include multiple operations on one item');
  }
  const size = elements.reduce((sum, { checked }) => sum + itemSize((checked['Item'] ?? {}) as Item), 0);
  if (size > mostBytes) {
    throw validationException('Member must have an aggregate size of at most 4194304 bytes');
  }
}

/** @returns Nothing for an element whose key is wrong: that is its reason. */
function placeOf({ checked }: CheckedElement, tables: TableDirectory): string | undefined {
  const { name, schema } = tables.require(checked['TableName'] as string);
  const item = (checked['Key'] ?? checked['Item']) as Item;
  const keys = schema.KeySchema.flatMap(({ AttributeName: key }) =>
    item[key] === undefined ? [] : [[key, item[key]]],
  );
  const key = Object.fromEntries(keys) as Item;
  return validateKey(key, schema) ? undefined : `${name}/${createKey(key, schema)}`;
}

function presentItem({ checked }: CheckedElement, tables: TableDirectory): Item | undefined {
  const { schema, items } = tables.require(checked['TableName'] as string);
  return items.get(createKey((checked['Key'] ?? checked['Item']) as Item, schema));
}
