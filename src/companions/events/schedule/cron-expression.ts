/**
 * Cron expressions in AWS's syntax, in UTC: minutes, hours, day of month, month, day of week, year.
 * @see Amazon EventBridge user guide, "Cron expressions reference"
 */
import type { Milliseconds } from '../../../kernel/quantity.ts';
import { daysInMonth, utcParts, utcTime } from '../../../kernel/utc-calendar.ts';
import { type DayTest, dayTest } from './cron-day.ts';
import { fieldValues, hours, minutes, months, years } from './cron-field.ts';
import { ScheduleFault } from './schedule-fault.ts';

export class CronExpression {
  readonly #minutes: readonly number[];
  readonly #hours: readonly number[];
  readonly #months: readonly number[];
  readonly #years: readonly number[];
  readonly #fitsDay: DayTest;

  /** @param text what stands between the parentheses. @throws ScheduleFault */
  constructor(text: string) {
    const fields = text.trim().split(/\s+/);
    if (fields.length !== 6) throw new ScheduleFault('a cron expression has six fields');
    // A comma may be all that separates two fields for the eye.
    const [minute = '', hour = '', ofMonth = '', month = '', ofWeek = '', year = ''] = fields.map((field) =>
      field.replace(/,+$/, ''),
    );
    this.#minutes = fieldValues(minutes, minute);
    this.#hours = fieldValues(hours, hour);
    this.#months = fieldValues(months, month);
    this.#years = fieldValues(years, year);
    this.#fitsDay = dayTest(ofMonth, ofWeek);
  }

  /** The first minute that fits and begins after a time; nothing when there is none any more. */
  next(after: Milliseconds): Milliseconds | undefined {
    const from = utcParts(after);
    for (const year of this.#years) {
      if (year < from.year) continue;
      for (const month of this.#months) {
        if (year === from.year && month < from.month) continue;
        const time = this.#inMonth(year, month, after);
        if (time !== undefined) return time;
      }
    }
    return undefined;
  }

  #inMonth(year: number, month: number, after: Milliseconds): Milliseconds | undefined {
    for (let day = 1; day <= daysInMonth(year, month); day += 1) {
      if (utcTime({ year, month, day: day + 1, hour: 0, minute: 0 }) <= after) continue;
      if (!this.#fitsDay(year, month, day)) continue;
      for (const hour of this.#hours) {
        for (const minute of this.#minutes) {
          const time = utcTime({ year, month, day, hour, minute });
          if (time > after) return time;
        }
      }
    }
    return undefined;
  }
}
