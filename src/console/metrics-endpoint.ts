/** `GET /metrics`, also under `/_lambdad/`: the metrics of Lambda and of this process, for Prometheus. */
import process from 'node:process';
import type { Gauge, Registry } from 'prom-client';
import type { MetricSeries } from '../companions/cloudwatch/metric-series.ts';
import type { MetricStore } from '../companions/cloudwatch/metric-store.ts';
import type { Endpoint } from '../gateway/endpoint.ts';

const paths = new Set(['/metrics', '/_lambdad/metrics']);

/** Those whose sum is what counts; of all others it is a sum and how often it was recorded. */
const counters: Readonly<Record<string, readonly [name: string, help: string]>> = {
  Invocations: ['lambdad_invocations_total', 'Invocations that ran, failed ones included'],
  Errors: ['lambdad_errors_total', 'Invocations that ended in a function error'],
  Throttles: ['lambdad_throttles_total', 'Invocations that were refused for want of concurrency'],
  ProvisionedConcurrencyInvocations: [
    'lambdad_provisioned_concurrency_invocations_total',
    'Invocations that ran in provisioned environments',
  ],
  AsyncEventsReceived: ['lambdad_async_events_received_total', 'Events that were accepted to run later'],
  AsyncEventsDropped: ['lambdad_async_events_dropped_total', 'Events that were given up'],
  DeadLetterErrors: ['lambdad_dead_letter_errors_total', 'Events that their dead-letter queue did not take'],
  DestinationDeliveryFailures: [
    'lambdad_destination_delivery_failures_total',
    'Results that their destination did not take',
  ],
  UrlRequestCount: ['lambdad_url_requests_total', 'Requests of function URLs'],
  Url4xxCount: ['lambdad_url_4xx_total', 'Requests of function URLs that were answered with a status of 400 to 499'],
  Url5xxCount: ['lambdad_url_5xx_total', 'Requests of function URLs that were answered with a status of 500 and above'],
};
const sums: Readonly<Record<string, readonly [name: string, help: string]>> = {
  Duration: ['lambdad_duration_milliseconds', 'What invocations took'],
  AsyncEventAge: ['lambdad_async_event_age_milliseconds', 'How old events were when an attempt began'],
  UrlRequestLatency: ['lambdad_url_request_latency_milliseconds', 'What requests of function URLs took'],
  IteratorAge: ['lambdad_iterator_age_milliseconds', 'How old the last record of a batch was'],
  OffsetLag: ['lambdad_offset_lag', 'How many records a poller of a topic is behind'],
};

export const metricsEndpoint =
  (store: MetricStore): Endpoint =>
  async ({ method, path }) => {
    if (!paths.has(path) || (method !== 'GET' && method !== 'HEAD')) return undefined;
    // Read for those who scrape alone; the module has its default export only once it is bundled.
    const { default: prometheus } = await import('prom-client');
    const registry = new prometheus.Registry();
    const lambda = store.everywhere().filter((series) => series.namespace === 'AWS/Lambda' && isByFunction(series));
    for (const [metric, [name, help]] of Object.entries(counters)) {
      const counter = new prometheus.Counter({ name, help, labelNames: ['function'], registers: [registry] });
      for (const series of named(lambda, metric)) counter.inc(labelsOf(series), series.totalSum);
    }
    for (const [metric, [name, help]] of Object.entries(sums)) {
      const options = { labelNames: ['function'], registers: [registry] };
      const sum = new prometheus.Counter({ name: `${name}_sum`, help: `${help}, together`, ...options });
      const count = new prometheus.Counter({ name: `${name}_count`, help: `${help}, how often`, ...options });
      for (const series of named(lambda, metric)) {
        sum.inc(labelsOf(series), Math.max(series.totalSum, 0));
        count.inc(labelsOf(series), series.totalCount);
      }
    }
    aboutProcess(prometheus.Gauge, registry);
    return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
  };

function aboutProcess(NewGauge: typeof Gauge, registry: Registry): void {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const gauges: Readonly<Record<string, readonly [help: string, value: number]>> = {
    process_resident_memory_bytes: ['Memory of the daemon, without its functions', rss],
    nodejs_heap_size_used_bytes: ['Heap of the daemon in use', heapUsed],
    process_cpu_user_seconds: ['Processor time of the daemon in its own code', user / 1e6],
    process_cpu_system_seconds: ['Processor time of the daemon in the system', system / 1e6],
  };
  for (const [name, [help, value]] of Object.entries(gauges))
    new NewGauge({ name, help, registers: [registry] }).set(value);
}

const isByFunction = ({ dimensions }: MetricSeries): boolean =>
  dimensions.length === 1 && dimensions[0]?.name === 'FunctionName';

const named = (series: readonly MetricSeries[], metric: string): readonly MetricSeries[] =>
  series.filter(({ name }) => name === metric);

const labelsOf = ({ dimensions }: MetricSeries): { readonly function: string } => ({
  function: dimensions[0]?.value ?? '',
});
