/** What a transaction is asked to do, one thing after the other. */
import type { CheckedInput, RulesName } from '../engine/library.ts';
import type { RawInput } from '../item/item.ts';
import type { TableDirectory } from '../table/table-directory.ts';

/** How the library calls what an element of a transaction does; a check has the input of a deletion. */
const rulesOf = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
  Get: 'GetItem',
} as const satisfies Readonly<Record<string, RulesName>>;

export type ElementKind = keyof typeof rulesOf;

export interface Element {
  readonly kind: ElementKind;
  readonly rules: (typeof rulesOf)[ElementKind];
  /** With its table's name, never its ARN. */
  readonly input: RawInput;
}

/** An element whose input the library has checked. */
export interface CheckedElement extends Element {
  readonly checked: CheckedInput;
}

const kinds = Object.keys(rulesOf) as readonly ElementKind[];

/** @returns Nothing for an element that is none or several of the kinds. */
export function elementOf(raw: RawInput, tables: TableDirectory): Element | undefined {
  const named = kinds.filter((kind) => raw[kind] !== undefined && raw[kind] !== null);
  const [kind] = named;
  if (kind === undefined || named.length > 1) return undefined;
  const input = raw[kind] as RawInput;
  return { kind, rules: rulesOf[kind], input: { ...input, TableName: tables.nameOf(input['TableName'] as string) } };
}
