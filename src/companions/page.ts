/** A page of a list whose tokens say after which key the next one begins. */
import { decodeMarker, encodeMarker, type PaginationMarker } from '../aws/pagination-marker.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly next: PaginationMarker | undefined;
}

/**
 * @param token of the page before, as it was handed out
 * @returns nothing for a token that was not
 */
export function pageAfter<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  limit: number,
  token: string | undefined,
): Page<Item> | undefined {
  const key = token === undefined ? undefined : decodeMarker(token);
  if (token !== undefined && key === undefined) return undefined;
  const rest = key === undefined ? all : all.slice(all.findIndex((item) => keyOf(item) === key) + 1);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > items.length && last !== undefined ? encodeMarker(keyOf(last)) : undefined };
}
