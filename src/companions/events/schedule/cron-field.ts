/** One field of a cron expression that is a set of numbers: `5`, `1-5`, `0/15`, `MON,WED`, `*`. */
import { ScheduleFault } from './schedule-fault.ts';

export interface CronField {
  readonly min: number;
  readonly max: number;
  /** Names of the numbers from the first on. */
  readonly names?: readonly string[];
}

export const minutes: CronField = { min: 0, max: 59 };
export const hours: CronField = { min: 0, max: 23 };
export const daysOfMonth: CronField = { min: 1, max: 31 };
export const months: CronField = {
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
/** 1 is Sunday. */
export const daysOfWeek: CronField = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
export const years: CronField = { min: 1970, max: 2199 };

/** The items of a list; AWS takes commas that separate nothing, `0/5, 9-18, ? * MON-FRI *` for example. */
export function itemsOf(text: string): readonly string[] {
  const items = text.split(',').filter((item) => item !== '');
  if (items.length === 0) throw new ScheduleFault(`${text} holds no value`);
  return items;
}

/** In order. @throws ScheduleFault */
export const fieldValues = (field: CronField, text: string): readonly number[] =>
  [...new Set(itemsOf(text).flatMap((item) => itemValues(field, item)))].toSorted((a, b) => a - b);

/** @throws ScheduleFault */
export function itemValues(field: CronField, item: string): readonly number[] {
  const [range = '', step, ...others] = item.split('/');
  if (others.length > 0) throw new ScheduleFault(`${item} has more than one step`);
  const [first, last] = rangeOf(field, range, step !== undefined);
  return valuesBetween(field, first, last, step === undefined ? 1 : stepOf(field, step));
}

function rangeOf(field: CronField, range: string, isStepped: boolean): readonly [number, number] {
  if (range === '*') return [field.min, field.max];
  const [first = '', last, ...others] = range.split('-');
  if (others.length > 0) throw new ScheduleFault(`${range} is no range`);
  const from = numberOf(field, first);
  if (last !== undefined) return [from, numberOf(field, last)];
  return [from, isStepped ? field.max : from];
}

/** A range may go over the end: FRI-MON. */
function valuesBetween({ min, max }: CronField, first: number, last: number, step: number): readonly number[] {
  const size = max - min + 1;
  const length = ((last - first + size) % size) + 1;
  const values: number[] = [];
  for (let at = 0; at < length; at += step) values.push(((first - min + at) % size) + min);
  return values;
}

/** @throws ScheduleFault for what is no number or name of the field */
export function numberOf({ min, max, names = [] }: CronField, text: string): number {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? min + named : Number(text);
  if (named < 0 && !/^\d{1,4}$/.test(text)) throw new ScheduleFault(`${text} is no number`);
  if (value < min || value > max) throw new ScheduleFault(`${text} is not between ${min} and ${max}`);
  return value;
}

function stepOf({ max }: CronField, text: string): number {
  const step = Number(text);
  if (!/^\d{1,4}$/.test(text) || step < 1 || step > max) throw new ScheduleFault(`${text} is no step`);
  return step;
}
