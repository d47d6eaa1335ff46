/** What the operations of IAM have in common. */
import type { IamOperations } from '../../../aws/generated/iam-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { pageAfter } from '../../page.ts';

export type IamOperation<Name extends keyof IamOperations> = Operation<
  IamOperations[Name]['input'],
  IamOperations[Name]['output']
>;

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** @throws ServiceError for a marker that was not handed out */
export function iamPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems = 100 }: PageInput,
) {
  const page = pageAfter(all, keyOf, MaxItems, Marker);
  if (page === undefined) throw new ServiceError('InvalidInputException', 'Invalid Marker.');
  const { items, next } = page;
  return { items, paging: { IsTruncated: next !== undefined, ...(next === undefined ? {} : { Marker: next }) } };
}

/** Documents travel percent-encoded in answers, as RFC 3986 says. */
export const encodedDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export const tagList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

interface SentTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export const tagMap = (tags: readonly SentTag[] = []): Map<string, string> =>
  new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

export const below = <Item extends { readonly path: string }>(items: Iterable<Item>, prefix = '/'): Item[] =>
  [...items].filter(({ path }) => path.startsWith(prefix));
