/** The `Marker` of a list operation: where the next page begins, in a form that callers cannot lean on. */
import type { Brand } from '../kernel/brand.ts';

export type PaginationMarker = Brand<string, 'PaginationMarker'>;

const prefix = 'after:';

/** @param key Of the last item on this page, in the order of the list. */
export const encodeMarker = (key: string): PaginationMarker =>
  Buffer.from(prefix + key, 'utf8').toString('base64') as PaginationMarker;

/** @returns The key, or nothing for what `encodeMarker` did not make. */
export function decodeMarker(marker: string): string | undefined {
  const bytes = Buffer.from(marker, 'base64');
  const text = bytes.toString('utf8');
  if (bytes.toString('base64') !== marker || !text.startsWith(prefix)) return undefined;
  const key = text.slice(prefix.length);
  return Buffer.from(text, 'utf8').equals(bytes) ? key : undefined;
}
