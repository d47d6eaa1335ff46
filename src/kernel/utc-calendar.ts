/** The calendar in UTC: the parts of a point in time, and back. */
import { type Milliseconds, milliseconds } from './quantity.ts';

export interface UtcParts {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function utcParts(time: Milliseconds): UtcParts {
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

export const utcTime = ({ year, month, day, hour, minute }: UtcParts): Milliseconds =>
  milliseconds(Date.UTC(year, month - 1, day, hour, minute));

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** 0 is Sunday. */
export const weekday = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay();
