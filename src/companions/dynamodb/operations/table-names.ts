/** Tables can be named by their ARNs everywhere; answers name them as the request did. */
import type { RawInput } from '../item/item.ts';
import type { TableDirectory } from '../table/table-directory.ts';

interface NamedInput {
  readonly input: RawInput;
  readonly restore: (output: RawInput) => RawInput;
}

export function withTableNames(raw: RawInput, tables: TableDirectory): NamedInput {
  const { TableName, RequestItems } = raw;
  if (typeof TableName === 'string') {
    return { input: { ...raw, TableName: tables.nameOf(TableName) }, restore: (output) => output };
  }
  if (typeof RequestItems !== 'object' || RequestItems === null || Array.isArray(RequestItems)) {
    return { input: raw, restore: (output) => output };
  }
  const given = new Map(Object.keys(RequestItems).map((name) => [tables.nameOf(name), name]));
  if ([...given].every(([name, same]) => name === same)) return { input: raw, restore: (output) => output };
  const input = { ...raw, RequestItems: renamed(RequestItems, (name) => tables.nameOf(name)) };
  const back = (name: string): string => given.get(name) ?? name;
  return {
    input,
    restore: (output) =>
      Object.fromEntries(
        Object.entries(output).map(([name, value]) => [
          name,
          perTable.has(name) && typeof value === 'object' && value !== null ? renamed(value, back) : value,
        ]),
      ),
  };
}

/** Members that are maps by table. */
const perTable: ReadonlySet<string> = new Set(['Responses', 'UnprocessedKeys', 'UnprocessedItems']);

const renamed = (map: object, rename: (name: string) => string): RawInput =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [rename(name), value]));
