/** Pages of a list whose tokens are its keys. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { ServiceError } from '../../aws/service-error.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly token: string | undefined;
}

/** @throws ServiceError InvalidNextToken for a token that was not handed out */
export function pageOf<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  limit: number,
  token: string | undefined,
): Page<Item> {
  const key = token === undefined ? undefined : decodeMarker(token);
  if (token !== undefined && key === undefined)
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  const rest = key === undefined ? all : all.slice(all.findIndex((item) => keyOf(item) === key) + 1);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, token: rest.length > items.length && last !== undefined ? encodeMarker(keyOf(last)) : undefined };
}
