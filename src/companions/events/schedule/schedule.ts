/** When a rule runs by itself: `rate(5 minutes)` or `cron(0 12 * * ? *)`. */
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import { CronExpression } from './cron-expression.ts';
import { ScheduleFault } from './schedule-fault.ts';

export interface Schedule {
  /** @param last when it ran before, or since when it is in force */
  next(last: Milliseconds): Milliseconds | undefined;
}

const minute = 60_000;
const units: Readonly<Record<string, number>> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

/** @throws ScheduleFault */
export function parseSchedule(expression: string): Schedule {
  const [, kind, text = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return new CronExpression(text);
  if (kind !== 'rate') throw new ScheduleFault('a schedule is a rate or a cron expression');
  const [, count = '', name = '', plural] = /^\s*([1-9]\d{0,8})\s+(minute|hour|day)(s?)\s*$/.exec(text) ?? [];
  const unit = units[name];
  // Source: EventBridge user guide, "Rate expressions": singular for 1, else plural.
  if (unit === undefined || (plural === 's') !== (count !== '1')) throw new ScheduleFault(`${text} is no rate`);
  return { next: (last) => milliseconds(last + Number(count) * unit) };
}
