/** What the operations of CloudWatch Logs have in common. */
import type { LogsOperations } from '../../../aws/generated/logs-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { pageAfter } from '../../page.ts';
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
  const page = pageAfter(all, keyOf, limit, token);
  if (page === undefined) throw invalidParameter('The specified nextToken is invalid.');
  return { items: page.items, nextToken: page.next };
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
