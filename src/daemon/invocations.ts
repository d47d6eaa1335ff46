/** Composes invocation over the two planes: what runs now, and what was accepted to run later. */
import { AsyncInvocations } from '../async-invocation/async-invocations.ts';
import { discardResults } from '../async-invocation/async-result.ts';
import { type InvokeDeps, invoke } from '../invocation/invoke.ts';
import { secondsToMilliseconds } from '../kernel/quantity.ts';
import type { LambdaMetrics } from '../metrics/lambda-metrics.ts';
import type { Planes } from './planes.ts';
import type { Platform } from './platform.ts';

export interface Invocations extends AsyncDisposable {
  readonly metrics: LambdaMetrics;
  readonly deps: InvokeDeps;
  readonly events: AsyncInvocations;
}

export function openInvocations(
  { config, clock, random, logger }: Platform,
  { control, data }: Planes,
  metrics: LambdaMetrics,
): Invocations {
  const deps: InvokeDeps = {
    catalogue: control.catalogue,
    admission: data.admission,
    pool: data.pool,
    clock,
    random,
    tracer: data.tracing.tracer,
    faults: data.faults,
    metrics,
  };
  const events = new AsyncInvocations({
    clock,
    random,
    logger,
    catalogue: control.catalogue,
    invoke: (request) => invoke(request, deps),
    policyOf: (version, invokedFunctionArn) => control.eventInvokePolicies.of(version, invokedFunctionArn),
    results: discardResults,
    metrics,
    retryBaseDelay: secondsToMilliseconds(config.retryBaseDelay),
  });
  return { deps, events, metrics, [Symbol.asyncDispose]: () => events[Symbol.asyncDispose]() };
}
