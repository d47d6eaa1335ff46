/** What is asked of a metric over a period: sums, averages, percentiles. */
import type { MetricBucket, MetricSeries } from './metric-series.ts';

export interface PeriodValues {
  /** When the period begins, milliseconds since the epoch. */
  readonly time: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly values: readonly number[];
}

const minute = 60_000;

/** The periods of a time span in which anything was recorded, oldest first. @param period seconds */
export function periodsOf(
  series: readonly MetricSeries[],
  start: number,
  end: number,
  period: number,
): readonly PeriodValues[] {
  // Nothing finer than a minute is kept.
  const length = Math.max(Math.ceil((period * 1000) / minute) * minute, minute);
  const from = Math.floor(start / minute) * minute;
  const periods = new Map<number, MetricBucket[]>();
  for (const bucket of series.flatMap(({ buckets }) => buckets)) {
    if (bucket.minute < from || bucket.minute >= end) continue;
    const time = from + Math.floor((bucket.minute - from) / length) * length;
    const together = periods.get(time);
    if (together === undefined) periods.set(time, [bucket]);
    else together.push(bucket);
  }
  return [...periods].toSorted(([a], [b]) => a - b).map(([time, buckets]) => merged(time, buckets));
}

function merged(time: number, buckets: readonly MetricBucket[]): PeriodValues {
  return {
    time,
    count: buckets.reduce((sum, { count }) => sum + count, 0),
    sum: buckets.reduce((sum, bucket) => sum + bucket.sum, 0),
    min: Math.min(...buckets.map(({ min }) => min)),
    max: Math.max(...buckets.map(({ max }) => max)),
    values: buckets.flatMap(({ values }) => values),
  };
}

/** @returns nothing for a statistic that there is none of */
export function statisticOf(name: string, values: PeriodValues): number | undefined {
  switch (name) {
    case 'SampleCount':
      return values.count;
    case 'Sum':
      return values.sum;
    case 'Average':
      return values.sum / values.count;
    case 'Minimum':
      return values.min;
    case 'Maximum':
      return values.max;
    default: {
      const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
      return percent === undefined ? undefined : percentile(values.values, Number(percent));
    }
  }
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.min(Math.max(at, 0), sorted.length - 1)] ?? 0;
}

export const isStatistic = (name: string): boolean =>
  ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'].includes(name) || /^p(\d{1,2}(\.\d{1,10})?|100)$/.test(name);
