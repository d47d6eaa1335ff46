/** Points in time as text, and as the dates that some members of the API are. */
import type { Milliseconds } from './quantity.ts';

/** `2026-01-31T23:59:59.123Z` */
export const isoTimestamp = (time: Milliseconds): string => new Date(time).toISOString();

/** The reverse, whatever the number of decimals; NaN for another text. */
export const parseTimestamp = (text: string): number => Date.parse(text);

/** For a member of a reply that is a date in the API's types. */
export const dateOf = (time: Milliseconds): Date => new Date(time);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `31/Jan/2026:23:59:59 +0000`, as the events of function URLs and API Gateway show it. */
export function requestTime(time: Milliseconds): string {
  const iso = isoTimestamp(time);
  const month = months[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
