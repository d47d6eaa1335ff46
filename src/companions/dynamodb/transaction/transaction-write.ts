/** One thing that a transaction is asked to do. */
import { validationException } from '../../../aws/service-error.ts';
import type { CheckedInput } from '../engine/library.ts';
import { checkInput } from '../engine/run-action.ts';
import type { WriteSet } from '../engine/write-set.ts';
import type { RawInput } from '../item/item.ts';
import type { TableDirectory } from '../table/table-directory.ts';

/** How the library calls each; a check has the input of a deletion. */
const operationOf = {
  ConditionCheck: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
} as const;

type WriteKind = keyof typeof operationOf;

export interface TransactionWrite {
  readonly kind: WriteKind;
  readonly operation: (typeof operationOf)[WriteKind];
  /** Its condition and update are parsed; its table is named, never by an ARN. */
  readonly input: CheckedInput;
  /** Whether the item is shown when its condition fails. */
  readonly showsItem: boolean;
}

const kinds = Object.keys(operationOf) as readonly WriteKind[];

/** @throws ServiceError for an element that is none or several of the kinds, or breaks the rules of its own */
export function readWrite(raw: RawInput, tables: TableDirectory, store: WriteSet): TransactionWrite {
  const named = kinds.filter((kind) => raw[kind] !== undefined && raw[kind] !== null);
  const [kind] = named;
  if (kind === undefined || named.length > 1) {
    throw validationException('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const asked = raw[kind] as RawInput;
  const operation = operationOf[kind];
  const checked = checkInput(operation, { ...asked, TableName: tables.nameOf(asked['TableName'] as string) }, store);
  return {
    kind,
    operation,
    input: { ...checked, ReturnConsumedCapacity: 'TOTAL' },
    showsItem: asked['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD',
  };
}
