/**
 * The metrics of Lambda, as CloudWatch has them. What an invocation needs is looked up once for each function and alias;
 * after that, counting is a few additions.
 * @see AWS Lambda Developer Guide, "Types of metrics for Lambda functions"
 */
import type { EventMetrics } from '../async-invocation/event-metrics.ts';
import type { Scope } from '../aws/scope.ts';
import type { Dimension, MetricSeries } from '../companions/cloudwatch/metric-series.ts';
import type { MetricStore } from '../companions/cloudwatch/metric-store.ts';
import type { CountedRun, InvocationMetrics } from '../invocation/invocation-metrics.ts';
import type { InvocationOutcome } from '../invocation/invocation-outcome.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ResolvedTarget } from '../lambda/function/invocation-target.ts';

export const lambdaNamespace = 'AWS/Lambda';

type Unit = 'Count' | 'Milliseconds' | 'None';

/** One metric with all the sets of dimensions that it is recorded under. */
type Recorded = readonly MetricSeries[];

interface TargetMetrics {
  readonly invocations: Recorded;
  readonly errors: Recorded;
  readonly throttles: Recorded;
  readonly duration: Recorded;
}

export interface LambdaMetricsDeps {
  readonly store: MetricStore;
  readonly clock: Clock;
}

export class LambdaMetrics implements InvocationMetrics, EventMetrics {
  readonly #store: MetricStore;
  readonly #clock: Clock;
  /** By the ARN that was invoked and the version that runs. */
  readonly #targets = new Map<string, TargetMetrics>();
  /** How many run now, by function. */
  readonly #running = new Map<string, number>();

  constructor({ store, clock }: LambdaMetricsDeps) {
    this.#store = store;
    this.#clock = clock;
  }

  began({ version }: ResolvedTarget): void {
    const key = functionOf(version);
    const running = (this.#running.get(key) ?? 0) + 1;
    this.#running.set(key, running);
    const now = this.#clock.now();
    this.#function(version, 'ConcurrentExecutions').forEach((series) => series.record(running, now));
    this.#account(version.scope, 'UnreservedConcurrentExecutions').record(this.#runningIn(version.scope), now);
  }

  ended(target: ResolvedTarget, outcome: InvocationOutcome, { duration, provisioned }: CountedRun): void {
    const { version } = target;
    const key = functionOf(version);
    const running = (this.#running.get(key) ?? 1) - 1;
    if (running === 0) this.#running.delete(key);
    else this.#running.set(key, running);
    if (outcome.kind !== 'answered') return;
    const metrics = this.#of(target);
    const now = this.#clock.now();
    record(metrics.invocations, 1, now);
    record(metrics.errors, outcome.result === 'failed' ? 1 : 0, now);
    record(metrics.duration, duration, now);
    if (provisioned) record(this.#series(target, 'ProvisionedConcurrencyInvocations', 'Count'), 1, now);
  }

  throttled(target: ResolvedTarget): void {
    record(this.#of(target).throttles, 1, this.#clock.now());
  }

  received(version: FunctionVersion): void {
    record(this.#function(version, 'AsyncEventsReceived'), 1, this.#clock.now());
  }

  attempted(version: FunctionVersion, age: number): void {
    record(this.#function(version, 'AsyncEventAge', 'Milliseconds'), age, this.#clock.now());
  }

  dropped(version: FunctionVersion): void {
    record(this.#function(version, 'AsyncEventsDropped'), 1, this.#clock.now());
  }

  /** A result of an event did not reach its destination, or its dead-letter queue. */
  undelivered(version: FunctionVersion, to: 'destination' | 'dead-letter queue'): void {
    const name = to === 'destination' ? 'DestinationDeliveryFailures' : 'DeadLetterErrors';
    record(this.#function(version, name), 1, this.#clock.now());
  }

  /** How far a poller of a stream is behind. @param age of the last record of a batch, milliseconds */
  iterated(version: FunctionVersion, age: number): void {
    record(this.#function(version, 'IteratorAge', 'Milliseconds'), age, this.#clock.now());
  }

  /** How far a poller of a topic is behind, in records. */
  lagged(version: FunctionVersion, records: number): void {
    record(this.#function(version, 'OffsetLag', 'None'), records, this.#clock.now());
  }

  /** A request of a function URL. @param latency milliseconds */
  urlAnswered(scope: Scope, functionName: string, status: number, latency: number): void {
    const now = this.#clock.now();
    const count = (name: string, value: number, unit: Unit = 'Count'): void =>
      record(this.#named(scope, functionName, name, unit), value, now);
    count('UrlRequestCount', 1);
    count('UrlRequestLatency', latency, 'Milliseconds');
    if (status >= 400 && status < 500) count('Url4xxCount', 1);
    if (status >= 500) count('Url5xxCount', 1);
  }

  #of(target: ResolvedTarget): TargetMetrics {
    const key = `${target.invokedFunctionArn} ${target.version.version}`;
    let metrics = this.#targets.get(key);
    if (metrics === undefined) {
      metrics = {
        invocations: this.#series(target, 'Invocations', 'Count'),
        errors: this.#series(target, 'Errors', 'Count'),
        throttles: this.#series(target, 'Throttles', 'Count'),
        duration: this.#series(target, 'Duration', 'Milliseconds'),
      };
      this.#targets.set(key, metrics);
    }
    return metrics;
  }

  /** For the account, the function, what was invoked, and behind an alias the version that ran. */
  #series({ version, invokedFunctionArn }: ResolvedTarget, name: string, unit: Unit): Recorded {
    const { scope, functionName } = version;
    const qualifier = invokedFunctionArn.split(':')[7];
    const byFunction: Dimension = { name: 'FunctionName', value: functionName };
    const resource = {
      name: 'Resource',
      value: qualifier === undefined ? functionName : `${functionName}:${qualifier}`,
    };
    const isAlias = qualifier !== undefined && qualifier !== version.version;
    const sets: readonly (readonly Dimension[])[] = [
      [],
      [byFunction],
      [byFunction, resource],
      ...(isAlias ? [[byFunction, resource, { name: 'ExecutedVersion', value: version.version }]] : []),
    ];
    return sets.map((dimensions) => this.#store.series(scope, lambdaNamespace, name, dimensions, unit));
  }

  #function({ scope, functionName }: FunctionVersion, name: string, unit: Unit = 'Count'): Recorded {
    return this.#named(scope, functionName, name, unit);
  }

  #named(scope: Scope, functionName: string, name: string, unit: Unit): Recorded {
    const byFunction = [{ name: 'FunctionName', value: functionName }];
    return [
      this.#store.series(scope, lambdaNamespace, name, [], unit),
      this.#store.series(scope, lambdaNamespace, name, byFunction, unit),
    ];
  }

  #account(scope: Scope, name: string): MetricSeries {
    return this.#store.series(scope, lambdaNamespace, name, [], 'Count');
  }

  #runningIn({ account, region }: Scope): number {
    let sum = 0;
    for (const [key, running] of this.#running) if (key.startsWith(`${account}/${region}/`)) sum += running;
    return sum;
  }
}

const functionOf = ({ scope, functionName }: FunctionVersion): string =>
  `${scope.account}/${scope.region}/${functionName}`;

function record(recorded: Recorded, value: number, time: number): void {
  for (const series of recorded) series.record(value, time);
}
