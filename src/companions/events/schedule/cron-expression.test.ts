import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../../../kernel/quantity.ts';
import { CronExpression } from './cron-expression.ts';
import { parseSchedule } from './schedule.ts';
import { ScheduleFault } from './schedule-fault.ts';

const at = (text: string) => milliseconds(Date.parse(text));
const shown = (time: number | undefined) =>
  time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);

/** The first few times after one. */
function times(expression: string, after: string, count = 3): readonly (string | undefined)[] {
  const schedule = parseSchedule(expression);
  const found: (string | undefined)[] = [];
  for (let last = at(after); found.length < count; ) {
    const next = schedule.next(last);
    found.push(shown(next));
    if (next === undefined) break;
    last = next;
  }
  return found;
}

test('the examples of the user guide run when it says so', () => {
  const cases: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
    ['cron(0 10 * * ? *)', '2026-01-01T10:00Z', ['2026-01-02T10:00', '2026-01-03T10:00', '2026-01-04T10:00']],
    ['cron(0 18 ? * MON-FRI *)', '2026-01-02T00:00Z', ['2026-01-02T18:00', '2026-01-05T18:00', '2026-01-06T18:00']],
    ['cron(0 8 1 * ? *)', '2026-01-01T09:00Z', ['2026-02-01T08:00', '2026-03-01T08:00', '2026-04-01T08:00']],
    ['cron(0/15 * * * ? *)', '2026-01-01T00:07Z', ['2026-01-01T00:15', '2026-01-01T00:30', '2026-01-01T00:45']],
    ['cron(0/5 8-17 ? * MON-FRI *)', '2026-01-02T17:50Z', ['2026-01-02T17:55', '2026-01-05T08:00', '2026-01-05T08:05']],
    ['cron(0 9 ? * 2#1 *)', '2026-01-01T00:00Z', ['2026-01-05T09:00', '2026-02-02T09:00', '2026-03-02T09:00']],
    ['cron(0 10 ? * 6L 2026-2027)', '2026-01-31T00:00Z', ['2026-02-27T10:00', '2026-03-27T10:00', '2026-04-24T10:00']],
    ['cron(0 0 L * ? *)', '2028-01-31T00:00Z', ['2028-02-29T00:00', '2028-03-31T00:00', '2028-04-30T00:00']],
    ['cron(0 0 LW * ? *)', '2026-01-01T00:00Z', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-31T00:00']],
    ['cron(0 0 1W * ? *)', '2026-01-01T00:00Z', ['2026-02-02T00:00', '2026-03-02T00:00', '2026-04-01T00:00']],
    ['cron(0 0 31W * ? *)', '2026-01-01T00:00Z', ['2026-01-30T00:00', '2026-03-31T00:00', '2026-05-29T00:00']],
    ['cron(0 0 ? * 1 *)', '2026-01-01T00:00Z', ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00']],
    ['cron(0 0 ? * L *)', '2026-01-01T00:00Z', ['2026-01-03T00:00', '2026-01-10T00:00', '2026-01-17T00:00']],
    ['cron(0 0 ? * FRI-MON *)', '2026-01-01T00:00Z', ['2026-01-02T00:00', '2026-01-03T00:00', '2026-01-04T00:00']],
    ['cron(30 6 29 feb ? *)', '2026-01-01T00:00Z', ['2028-02-29T06:30', '2032-02-29T06:30', '2036-02-29T06:30']],
    ['cron(0 0 1 1 ? 2025)', '2026-01-01T00:00Z', [undefined]],
    ['cron(0 0 30 2 ? *)', '2026-01-01T00:00Z', [undefined]],
    [
      'cron(0/30, 9, ?, *, MON-FRI, *)',
      '2026-01-02T09:00Z',
      ['2026-01-02T09:30', '2026-01-05T09:00', '2026-01-05T09:30'],
    ],
    ['rate(5 minutes)', '2026-01-01T00:02Z', ['2026-01-01T00:07', '2026-01-01T00:12', '2026-01-01T00:17']],
    ['rate(1 day)', '2026-01-01T00:02Z', ['2026-01-02T00:02', '2026-01-03T00:02', '2026-01-04T00:02']],
  ];
  for (const [expression, after, expected] of cases) assert.deepEqual(times(expression, after), expected, expression);
});

test('what is no schedule is refused', () => {
  const bad = [
    '',
    'every day',
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(0 minutes)',
    'rate(-1 minutes)',
    'rate(1.5 hours)',
    'rate(5 weeks)',
    'rate(5)',
    'cron(0 10 * * *)',
    'cron(0 10 * * ? * *)',
    'cron(0 10 * * * *)',
    'cron(0 10 ? * ? *)',
    'cron(7 20 * * 1-7 *)',
    'cron(*/60 * * * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 * 13 ? *)',
    'cron(0 0 ? * 0 *)',
    'cron(0 0 ? * -1 *)',
    'cron(0 0 ? * MON#6 *)',
    'cron(0 0 ? * 3#1,6#3 *)',
    'cron(0 0 * * ? 1969)',
    'cron(0 0 W * ? *)',
    'cron(0/0 0 * * ? *)',
    'cron(, 0 * * ? *)',
    'cron(1-2-3 0 * * ? *)',
    'cron(0 L * * ? *)',
  ];
  for (const expression of bad) assert.throws(() => parseSchedule(expression), ScheduleFault, expression);
});

const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
const list = (min: number, max: number) =>
  fc.oneof(
    fc.constant('*'),
    number(min, max),
    fc.tuple(number(min, max), number(min, max)).map((both) => both.join(',')),
    fc.tuple(number(min, max), number(1, max)).map((both) => both.join('/')),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );
const days = fc.oneof(
  fc
    .oneof(
      list(1, 31),
      fc.constantFrom('L', 'LW'),
      number(1, 31).map((day) => `${day}W`),
    )
    .map((day) => [day, '?']),
  fc
    .oneof(
      list(1, 7),
      number(1, 7).map((day) => `${day}L`),
      fc.tuple(number(1, 7), number(1, 5)).map((both) => both.join('#')),
    )
    .map((day) => ['?', day]),
);

/** One field as simply as can be: whether a number is among those that it lists. */
function lists(text: string, value: number, min: number, max: number): boolean {
  return text.split(',').some((item) => {
    const [range = '', step] = item.split('/');
    const [a = '', b] = range.split('-');
    const first = range === '*' ? min : Number(a);
    const last = range === '*' || (b === undefined && step !== undefined) ? max : Number(b ?? a);
    return value >= first && value <= last && (value - first) % Number(step ?? 1) === 0;
  });
}

const dayLength = 24 * 60 * 60 * 1000;

/** Which days near one are Monday to Friday, by trying. */
function isNearestWeekday(date: Date, wanted: number): boolean {
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), wanted));
  if (target.getUTCMonth() !== date.getUTCMonth()) return false;
  for (const distance of [0, -1, 1, -2, 2]) {
    const other = new Date(target.getTime() + distance * dayLength);
    if (other.getUTCMonth() === date.getUTCMonth() && other.getUTCDay() % 6 !== 0) {
      return other.getUTCDate() === date.getUTCDate();
    }
  }
  return false;
}

function fitsDay(ofMonth: string, ofWeek: string, date: Date): boolean {
  const day = date.getUTCDate();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  if (ofWeek === '?') {
    if (ofMonth === 'L') return day === last;
    if (ofMonth === 'LW') return isNearestWeekday(date, last);
    if (ofMonth.endsWith('W')) return isNearestWeekday(date, Number(ofMonth.slice(0, -1)));
    return lists(ofMonth, day, 1, 31);
  }
  const weekday = date.getUTCDay() + 1;
  if (ofWeek.endsWith('L')) return weekday === Number(ofWeek.slice(0, -1)) && day > last - 7;
  const [wanted, nth] = ofWeek.split('#');
  if (nth !== undefined) return weekday === Number(wanted) && day > (Number(nth) - 1) * 7 && day <= Number(nth) * 7;
  return lists(ofWeek, weekday, 1, 7);
}

test('the next time is the one that a search minute by minute finds', () => {
  const start = Date.UTC(2027, 10, 1);
  const expression = fc.tuple(list(0, 59), list(0, 23), days, list(1, 12));
  fc.assert(
    fc.property(expression, fc.integer({ min: 0, max: 90 * dayLength }), ([minute, hour, day, month], offset) => {
      const [ofMonth = '', ofWeek = ''] = day;
      const after = milliseconds(start + offset);
      const next = new CronExpression(`${minute} ${hour} ${ofMonth} ${month} ${ofWeek} *`).next(after);
      // Far ahead only what was found is checked, not that nothing comes before.
      const limit = after + 25 * dayLength;
      let time = Math.floor(after / 60_000) * 60_000 + 60_000;
      const fits = (date: Date): boolean =>
        lists(minute, date.getUTCMinutes(), 0, 59) &&
        lists(hour, date.getUTCHours(), 0, 23) &&
        lists(month, date.getUTCMonth() + 1, 1, 12) &&
        fitsDay(ofMonth, ofWeek, date);
      while (time < limit && !fits(new Date(time))) time += 60_000;
      if (time < limit) assert.equal(shown(next), shown(time));
      else if (next !== undefined) assert.ok(next >= limit && fits(new Date(next)));
    }),
    { numRuns: 120 },
  );
});

test('any text is a schedule or refused, and a schedule goes forward', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string().map((inner) => `cron(${inner})`),
    fc.string().map((inner) => `rate(${inner})`),
  );
  fc.assert(
    fc.property(text, (expression) => {
      try {
        const now = at('2026-01-01T00:00Z');
        assert.ok((parseSchedule(expression).next(now) ?? Number.POSITIVE_INFINITY) > now);
      } catch (error) {
        assert.ok(error instanceof ScheduleFault);
      }
    }),
  );
});
