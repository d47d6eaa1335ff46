/** What the operations of SNS have in common. */
import type { SnsOperations } from '../../../aws/generated/sns-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { invalidParameter } from '../sns-faults.ts';

export type SnsOperation<Name extends keyof SnsOperations> = Operation<
  SnsOperations[Name]['input'],
  SnsOperations[Name]['output'],
  CompanionCall
>;

const pageSize = 100;

/** @throws ServiceError for a token that was not handed out */
export function snsPage<Item extends { readonly arn: string }>(all: readonly Item[], token: string | undefined) {
  const after = token === undefined ? undefined : decodeMarker(token);
  if (token !== undefined && after === undefined) throw invalidParameter('NextToken');
  const rest = after === undefined ? all : all.slice(all.findIndex(({ arn }) => arn === after) + 1);
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  return { items, NextToken: rest.length > items.length && last !== undefined ? encodeMarker(last.arn) : undefined };
}
