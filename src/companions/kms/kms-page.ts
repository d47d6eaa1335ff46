/** Pages of KMS's lists. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { ServiceError } from '../../aws/service-error.ts';

/** @throws ServiceError InvalidMarkerException for a marker that was not handed out */
export function kmsPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = 100, Marker }: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
) {
  const key = Marker === undefined ? undefined : decodeMarker(Marker);
  if (Marker !== undefined && key === undefined)
    throw new ServiceError('InvalidMarkerException', 'Could not deserialize marker');
  const rest = key === undefined ? all : all.slice(all.findIndex((item) => keyOf(item) === key) + 1);
  const items = rest.slice(0, Limit);
  const last = items.at(-1);
  const hasMore = rest.length > items.length && last !== undefined;
  return { items, paging: { Truncated: hasMore, ...(hasMore ? { NextMarker: encodeMarker(keyOf(last)) } : {}) } };
}
