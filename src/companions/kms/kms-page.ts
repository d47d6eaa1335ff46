/** Pages of KMS's lists. */
import { ServiceError } from '../../aws/service-error.ts';
import { pageAfter } from '../page.ts';

/** @throws ServiceError InvalidMarkerException for a marker that was not handed out */
export function kmsPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = 100, Marker }: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
) {
  const page = pageAfter(all, keyOf, Limit, Marker);
  if (page === undefined) throw new ServiceError('InvalidMarkerException', 'Could not deserialize marker');
  const { items, next } = page;
  return { items, paging: { Truncated: next !== undefined, ...(next === undefined ? {} : { NextMarker: next }) } };
}
