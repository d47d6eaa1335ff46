/** What the operations of CloudWatch Logs have in common. */
import type { LogsOperations } from '../../../aws/generated/logs-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { compileFilter } from '../filter-pattern/compile-filter.ts';
import { InvalidFilterPattern, type MessageTest } from '../filter-pattern/message-test.ts';
import { invalidParameter } from '../logs-faults.ts';

export type LogsOperation<Name extends keyof LogsOperations> = Operation<
  LogsOperations[Name]['input'],
  LogsOperations[Name]['output'],
  CompanionCall
>;

/** @throws ServiceError for a token that was not handed out */
export function logsPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  limit: number,
  token: string | undefined,
) {
  const key = token === undefined ? undefined : decodeMarker(token);
  if (token !== undefined && key === undefined) throw invalidParameter('The specified nextToken is invalid.');
  const rest = key === undefined ? all : all.slice(all.findIndex((item) => keyOf(item) === key) + 1);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, nextToken: rest.length > items.length && last !== undefined ? encodeMarker(keyOf(last)) : undefined };
}

/** @throws ServiceError for a pattern that does not follow the syntax */
export function filterOf(pattern = ''): MessageTest {
  try {
    return compileFilter(pattern);
  } catch (error) {
    if (error instanceof InvalidFilterPattern) throw invalidParameter(`Invalid filter pattern: ${error.message}`);
    throw error;
  }
}
