/** One metric with its dimensions: what was recorded, minute by minute. */

export interface Dimension {
  readonly name: string;
  readonly value: string;
}

export interface MetricBucket {
  /** When its minute begins, milliseconds since the epoch. */
  readonly minute: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** For percentiles: the first values of the minute. */
  readonly values: number[];
}

const minuteLength = 60_000;
/** A day of minutes; the oldest go first. */
const keptBuckets = 1440;
const keptValues = 1000;

export class MetricSeries {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly unit: string;
  /** By time. */
  readonly buckets: MetricBucket[] = [];
  /** Of all that was ever recorded. */
  totalCount = 0;
  totalSum = 0;

  constructor(namespace: string, name: string, dimensions: readonly Dimension[], unit: string) {
    this.namespace = namespace;
    this.name = name;
    this.dimensions = dimensions;
    this.unit = unit;
  }

  /** @param count how often the value was seen */
  record(value: number, time: number, count = 1): void {
    const bucket = this.#bucket(time);
    bucket.count += count;
    bucket.sum += value * count;
    if (value < bucket.min) bucket.min = value;
    if (value > bucket.max) bucket.max = value;
    for (let each = 0; each < count && bucket.values.length < keptValues; each += 1) bucket.values.push(value);
    this.totalCount += count;
    this.totalSum += value * count;
  }

  /** A set of values of which only this is known. */
  merge(set: Pick<MetricBucket, 'count' | 'sum' | 'min' | 'max'>, time: number): void {
    const bucket = this.#bucket(time);
    bucket.count += set.count;
    bucket.sum += set.sum;
    bucket.min = Math.min(bucket.min, set.min);
    bucket.max = Math.max(bucket.max, set.max);
    this.totalCount += set.count;
    this.totalSum += set.sum;
  }

  /** Nearly always the last one. */
  #bucket(time: number): MetricBucket {
    const minute = time - (time % minuteLength);
    let at = this.buckets.length - 1;
    while (at >= 0 && (this.buckets[at]?.minute ?? 0) > minute) at -= 1;
    const found = this.buckets[at];
    if (found?.minute === minute) return found;
    const made = { minute, count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, values: [] };
    this.buckets.splice(at + 1, 0, made);
    if (this.buckets.length > keptBuckets) this.buckets.shift();
    return made;
  }
}
