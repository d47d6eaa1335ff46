/** What a transaction has used: twice what its elements would have used alone. */
import type { RawInput } from '../item/item.ts';

/**
 * @param asked `ReturnConsumedCapacity` of the request
 * @param used by each element
 */
export function consumedByTable(
  asked: unknown,
  used: readonly RawInput[],
  member: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): RawInput {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return {};
  const units = new Map<string, number>();
  for (const { TableName, CapacityUnits } of used) {
    const name = TableName as string;
    units.set(name, (units.get(name) ?? 0) + 2 * (CapacityUnits as number));
  }
  const ConsumedCapacity = [...units].map(([TableName, CapacityUnits]) => {
    const both = { [member]: CapacityUnits, CapacityUnits };
    return { TableName, ...both, ...(asked === 'INDEXES' ? { Table: both } : {}) };
  });
  return { ConsumedCapacity };
}
