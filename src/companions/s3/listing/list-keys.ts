/** One page of a listing: keys, and the prefixes that stand for all keys up to a delimiter. */
import { keyPosition, positionBehindPrefix } from './key-order.ts';

export interface ListingRequest {
  readonly prefix: string;
  /** Empty where there is none. */
  readonly delimiter: string;
  /** Only what comes after it is listed; a prefix that was itself listed stands for all that it covers. */
  readonly after: string | undefined;
  readonly maxKeys: number;
}

export interface ListingPage<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** What was listed last: the next page begins after it. */
  readonly last: string | undefined;
}

/**
 * @param keys in order
 * @param itemOf what of a key is listed; nothing for a key that is not
 */
export function listKeys<Item>(
  keys: readonly string[],
  { prefix, delimiter, after, maxKeys }: ListingRequest,
  itemOf: (key: string) => Item | undefined,
): ListingPage<Item> {
  const items: Item[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  const page = (isTruncated: boolean): ListingPage<Item> => ({ items, commonPrefixes, isTruncated, last });
  if (maxKeys === 0) return page(false);
  let position = keyPosition(keys, prefix);
  if (after !== undefined) {
    const listed = commonPrefixOf(after, prefix, delimiter);
    position = Math.max(
      position,
      listed === after ? positionBehindPrefix(keys, after, keyPosition(keys, after)) : keyPosition(keys, after, true),
    );
  }
  while (position < keys.length) {
    const key = keys[position] ?? '';
    if (!key.startsWith(prefix)) break;
    const item = itemOf(key);
    if (item === undefined) {
      position++;
      continue;
    }
    if (items.length + commonPrefixes.length === maxKeys) return page(true);
    const common = commonPrefixOf(key, prefix, delimiter);
    last = common ?? key;
    if (common === undefined) {
      items.push(item);
      position++;
    } else {
      commonPrefixes.push(common);
      position = positionBehindPrefix(keys, common, position);
    }
  }
  return page(false);
}

/** Up to the first delimiter behind the prefix, with it. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
