/** The operations on metrics: put, listed, and asked for. */
import type { CloudWatchOperations } from '../../aws/generated/cloudwatch-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { Dimension } from './metric-series.ts';
import type { MetricStore } from './metric-store.ts';
import { isStatistic, periodsOf, statisticOf } from './statistics.ts';

type MetricOperation<Name extends keyof CloudWatchOperations> = Operation<
  CloudWatchOperations[Name]['input'],
  CloudWatchOperations[Name]['output'],
  CompanionCall
>;

interface SentDimension {
  readonly Name: string | undefined;
  readonly Value?: string | undefined;
}

const dimensionsOf = (dimensions: readonly SentDimension[] = []): Dimension[] =>
  dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }));

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);

export const putMetricData =
  (store: MetricStore, clock: Clock): MetricOperation<'PutMetricData'> =>
  ({ Namespace, MetricData = [] }, { scope }) => {
    if (Namespace.startsWith('AWS/')) {
      throw invalid('The value AWS/ for parameter Namespace is invalid.');
    }
    for (const {
      MetricName = '',
      Dimensions,
      Timestamp,
      Value,
      Values,
      Counts,
      StatisticValues,
      Unit = 'None',
    } of MetricData) {
      const series = store.series(scope, Namespace, MetricName, dimensionsOf(Dimensions), Unit);
      const time = Timestamp?.getTime() ?? clock.now();
      if ([Value, Values, StatisticValues].filter((given) => given !== undefined).length !== 1) {
        throw invalid('Exactly one of Value, Values and StatisticValues has to be given for each metric.');
      }
      if (Counts !== undefined && Counts.length !== Values?.length) {
        throw invalid('The parameters Values and Counts must be of the same size.');
      }
      if (Value !== undefined) series.record(Value, time);
      for (const [at, value] of (Values ?? []).entries()) series.record(value, time, Counts?.[at] ?? 1);
      if (StatisticValues !== undefined) {
        const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = StatisticValues;
        series.merge({ count: count ?? 0, sum: sum ?? 0, min: min ?? 0, max: max ?? 0 }, time);
      }
    }
    return {};
  };

const pageSize = 500;

export const listMetrics =
  (store: MetricStore): MetricOperation<'ListMetrics'> =>
  ({ Namespace, MetricName, Dimensions = [], NextToken }, { scope }) => {
    const seen = new Map(
      store
        .all(scope)
        .filter(
          (series) =>
            (Namespace === undefined || series.namespace === Namespace) &&
            (MetricName === undefined || series.name === MetricName) &&
            Dimensions.every(({ Name, Value }) =>
              series.dimensions.some(({ name, value }) => name === Name && (Value === undefined || value === Value)),
            ),
        )
        .map((series) => [JSON.stringify([series.namespace, series.name, series.dimensions]), series]),
    );
    const entries = [...seen];
    const after = NextToken === undefined ? undefined : decodeMarker(NextToken);
    const from = after === undefined ? 0 : entries.findIndex(([key]) => key === after) + 1;
    const page = entries.slice(from, from + pageSize);
    const last = page.at(-1);
    const hasMore = from + page.length < entries.length;
    return {
      Metrics: page.map(([, series]) => ({
        Namespace: series.namespace,
        MetricName: series.name,
        Dimensions: series.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      })),
      ...(hasMore && last !== undefined ? { NextToken: encodeMarker(last[0]) } : {}),
    };
  };

/** Data points of an answer. Source: CloudWatch API reference, GetMetricStatistics. */
const mostDatapoints = 1440;

export const getMetricStatistics =
  (store: MetricStore): MetricOperation<'GetMetricStatistics'> =>
  (input, { scope }) => {
    const { Namespace, MetricName, StartTime, EndTime, Period, Dimensions, Unit } = input;
    const { Statistics = [], ExtendedStatistics = [] } = input;
    if (Statistics.length === 0 && ExtendedStatistics.length === 0) {
      throw new ServiceError(
        'InvalidParameterCombinationException',
        'At least one of the parameters must be specified. Must specify either Statistics or ExtendedStatistics',
      );
    }
    if (StartTime >= EndTime) {
      throw invalid('The parameter StartTime must be less than the parameter EndTime.');
    }
    const unknown = ExtendedStatistics.find((name) => !isStatistic(name));
    if (unknown !== undefined) throw invalid(`The value ${unknown} for parameter ExtendedStatistics is not supported.`);
    const series = store
      .find(scope, Namespace, MetricName, dimensionsOf(Dimensions))
      .filter(({ unit }) => Unit === undefined || unit === Unit);
    const periods = periodsOf(series, StartTime.getTime(), EndTime.getTime(), Period);
    if (periods.length > mostDatapoints) {
      throw new ServiceError(
        'InvalidParameterCombinationException',
        `You have requested up to ${periods.length} datapoints, which exceeds the limit of ${mostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const unit = (series[0]?.unit ?? 'None') as NonNullable<typeof Unit>;
    const Datapoints = periods.map((values) => ({
      Timestamp: dateOf(milliseconds(values.time)),
      Unit: unit,
      ...Object.fromEntries(Statistics.map((name) => [name, statisticOf(name, values)])),
      ...(ExtendedStatistics.length === 0
        ? {}
        : {
            ExtendedStatistics: Object.fromEntries(
              ExtendedStatistics.map((name) => [name, statisticOf(name, values) ?? 0]),
            ),
          }),
    }));
    return { Label: MetricName, Datapoints };
  };

export const getMetricData =
  (store: MetricStore): MetricOperation<'GetMetricData'> =>
  ({ MetricDataQueries, StartTime, EndTime, ScanBy = 'TimestampDescending' }, { scope }) => {
    const results = MetricDataQueries.filter(({ ReturnData = true }) => ReturnData).map(
      ({ Id, Label, MetricStat, Expression }) => {
        if (MetricStat === undefined) {
          throw new ServiceError(
            'ValidationError',
            `The query ${Id} has the expression ${Expression}: lambdad answers queries with a MetricStat, and has no metric math.`,
            { status: 400 },
          );
        }
        const { Metric, Period, Stat, Unit } = MetricStat;
        if (!isStatistic(Stat))
          throw new ServiceError('ValidationError', `The statistic ${Stat} of the query ${Id} is not supported.`, {
            status: 400,
          });
        const series = store
          .find(scope, Metric.Namespace ?? '', Metric.MetricName ?? '', dimensionsOf(Metric.Dimensions))
          .filter(({ unit }) => Unit === undefined || unit === Unit);
        const periods = periodsOf(series, StartTime.getTime(), EndTime.getTime(), Period);
        const ordered = ScanBy === 'TimestampAscending' ? periods : periods.toReversed();
        return {
          Id,
          Label: Label ?? Metric.MetricName,
          Timestamps: ordered.map(({ time }) => dateOf(milliseconds(time))),
          Values: ordered.map((values) => statisticOf(Stat, values) ?? 0),
          StatusCode: 'Complete' as const,
        };
      },
    );
    return { MetricDataResults: results, Messages: [] };
  };
