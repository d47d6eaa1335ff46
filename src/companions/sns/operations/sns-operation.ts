/** What the operations of SNS have in common. */
import type { SnsOperations } from '../../../aws/generated/sns-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { pageAfter } from '../../page.ts';
import { invalidParameter } from '../sns-faults.ts';

export type SnsOperation<Name extends keyof SnsOperations> = Operation<
  SnsOperations[Name]['input'],
  SnsOperations[Name]['output'],
  CompanionCall
>;

const pageSize = 100;

/** @throws ServiceError for a token that was not handed out */
export function snsPage<Item extends { readonly arn: string }>(all: readonly Item[], token: string | undefined) {
  const page = pageAfter(all, ({ arn }) => arn, pageSize, token);
  if (page === undefined) throw invalidParameter('NextToken');
  return { items: page.items, NextToken: page.next };
}
