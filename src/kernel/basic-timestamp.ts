/** Points in time in the basic format of ISO 8601, to the second: `20260131T235959Z`, as signatures carry them. */
import { type Milliseconds, milliseconds } from './quantity.ts';
import { isoTimestamp } from './timestamp.ts';

const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

export const basicTimestamp = (time: Milliseconds): string => `${isoTimestamp(time).replace(/[-:]|\..*$/g, '')}Z`;

/** @returns nothing when the text has another form or names a day or an hour that does not exist */
export function parseBasicTimestamp(text: string): Milliseconds | undefined {
  const parts = basic.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = milliseconds(Date.UTC(year, month - 1, day, hour, minute, second));
  return basicTimestamp(time) === text ? time : undefined;
}
