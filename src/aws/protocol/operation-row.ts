/** Finds what a table says of an operation. */
import { invariant } from '../../kernel/invariant.ts';
import type { OperationRow, ServiceTable } from '../service-table.ts';

/** @throws InvariantViolation for an operation that the table does not have. */
export function operationRow(table: ServiceTable, operation: string): OperationRow {
  const row = table.operations[operation];
  invariant(row !== undefined, `the ${table.service} table has no operation ${operation}`);
  return row;
}
