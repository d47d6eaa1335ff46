/** The two fields of a cron expression that choose days: of the month, `L`, `15W`, `1-7`; of the week, `6L`, `MON#2`. */
import { daysInMonth, weekday } from '../../../kernel/utc-calendar.ts';
import { daysOfMonth, daysOfWeek, itemsOf, itemValues, numberOf } from './cron-field.ts';
import { ScheduleFault } from './schedule-fault.ts';

/** Whether a day fits. */
export type DayTest = (year: number, month: number, day: number) => boolean;

/** Exactly one of the two fields is `?`. @throws ScheduleFault */
export function dayTest(ofMonth: string, ofWeek: string): DayTest {
  if ((ofMonth === '?') === (ofWeek === '?')) throw new ScheduleFault('either field of days must be ?, and one only');
  return ofWeek === '?' ? anyOf(itemsOf(ofMonth).map(dayOfMonth)) : ofWeekTest(itemsOf(ofWeek));
}

const anyOf =
  (tests: readonly DayTest[]): DayTest =>
  (year, month, day) =>
    tests.some((test) => test(year, month, day));

function dayOfMonth(item: string): DayTest {
  const text = item.toUpperCase();
  if (text === 'L') return (year, month, day) => day === daysInMonth(year, month);
  if (text === 'LW') return (year, month, day) => day === nearestWeekday(year, month, daysInMonth(year, month));
  if (text.endsWith('W')) {
    const wanted = numberOf(daysOfMonth, text.slice(0, -1));
    return (year, month, day) => wanted <= daysInMonth(year, month) && day === nearestWeekday(year, month, wanted);
  }
  const days = new Set(itemValues(daysOfMonth, item));
  return (_year, _month, day) => days.has(day);
}

/** Monday to Friday, in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  switch (weekday(year, month, day)) {
    case 6:
      return day === 1 ? 3 : day - 1;
    case 0:
      return day === daysInMonth(year, month) ? day - 2 : day + 1;
    default:
      return day;
  }
}

/** AWS: with `#` there is one expression only. */
function ofWeekTest(items: readonly string[]): DayTest {
  if (items.length > 1 && items.some((item) => item.includes('#'))) {
    throw new ScheduleFault('# may stand in one expression only');
  }
  return anyOf(items.map(dayOfWeek));
}

function dayOfWeek(item: string): DayTest {
  const [name = '', nth] = item.split('#');
  if (nth !== undefined) {
    const wanted = numberOf(daysOfWeek, name) - 1;
    if (!/^[1-5]$/.test(nth)) throw new ScheduleFault(`${item} names no week`);
    return (year, month, day) => weekday(year, month, day) === wanted && Math.ceil(day / 7) === Number(nth);
  }
  const text = item.toUpperCase();
  // Alone it is the last day of the week, after a day the last such day of the month.
  if (text === 'L') return (year, month, day) => weekday(year, month, day) === 6;
  if (text.endsWith('L')) {
    const wanted = numberOf(daysOfWeek, text.slice(0, -1)) - 1;
    return (year, month, day) => weekday(year, month, day) === wanted && day + 7 > daysInMonth(year, month);
  }
  const days = new Set(itemValues(daysOfWeek, item));
  return (year, month, day) => days.has(weekday(year, month, day) + 1);
}
