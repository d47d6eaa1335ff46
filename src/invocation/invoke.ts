/** One invocation, from accepted to answered: resolve → admit → lease → run → report. */
import type { RequestId } from '../aws/call.ts';
import type { EnvironmentPool } from '../environment/environment-pool.ts';
import type { Lease } from '../environment/lease.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import type { VersionId } from '../lambda/function/function-version.ts';
import type { InvocationTarget, ResolvedTarget, VersionCatalogue } from '../lambda/function/invocation-target.ts';
import type { ResponseStream } from '../runtime-api/response-stream.ts';
import type { RuntimeEvent } from '../runtime-api/runtime-event.ts';
import type { Admission } from './admission.ts';
import { conclude } from './conclude.ts';
import type { InjectedFaults, Mishap } from './injected-fault.ts';
import { InvocationLog } from './invocation-log.ts';
import type { InvocationMetrics } from './invocation-metrics.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';
import type { InvocationStream } from './invocation-stream.ts';
import type { InvocationTrace, InvocationTracer } from './invocation-trace.ts';
import { sufferMishap } from './suffer-mishap.ts';
import { purposeOf } from './tenancy.ts';
import { traceHeaderOf } from './trace-header.ts';

export interface InvocationRequest {
  readonly target: InvocationTarget;
  /** What the handler's context shows when that is not what `target` says: the version was chosen before. */
  readonly invokedFunctionArn?: string;
  readonly requestId: RequestId;
  /** JSON, checked by whoever accepted the request. */
  readonly payload: Buffer;
  /** JSON text for the context object of the handler. */
  readonly clientContext: string | undefined;
  /** Whose invocation it is, for functions with tenant isolation. */
  readonly tenantId?: string | undefined;
  readonly traceHeader: string | undefined;
  /** Whether the end of the log is wanted. */
  readonly tail: boolean;
  /** Takes the answer while the function writes it; the outcome then has no payload but that of an error. */
  readonly stream?: InvocationStream;
}

export interface InvokeDeps {
  readonly catalogue: VersionCatalogue;
  readonly admission: Admission;
  readonly pool: EnvironmentPool;
  readonly clock: Clock;
  readonly random: Random;
  /** Records invocations of functions with active tracing; nobody does unless given. */
  readonly tracer?: InvocationTracer;
  /** Counts invocations; nobody does unless given. */
  readonly metrics?: InvocationMetrics;
  /** Faults that somebody asked for; there are none unless given. */
  readonly faults?: InjectedFaults;
}

/** @throws ServiceError when the target does not exist or is not Active. */
export async function invoke(request: InvocationRequest, deps: InvokeDeps): Promise<InvocationOutcome> {
  const resolved = deps.catalogue.resolve(request.target);
  const { version } = resolved;
  const purpose = purposeOf(version, request.tenantId);
  using trace = version.tracing === 'Active' ? beginTrace(request, resolved, deps) : undefined;
  const mishap = deps.faults?.befalls(version, request.target.qualifier);
  if (mishap !== undefined && deps.faults !== undefined) {
    const refused = await sufferMishap(mishap, version, deps.faults, deps.pool);
    if (refused !== undefined) {
      trace?.answered(refused);
      return refused;
    }
  }
  // What was provisioned for the version is counted already.
  using provisioned = deps.pool.idle(version, 'provisioned');
  if (provisioned !== undefined)
    return await run(request, resolved, { lease: provisioned, provisioned: true, trace, mishap }, deps);

  const admitted = deps.admission.enter(version);
  if (admitted.kind === 'throttled') {
    deps.metrics?.throttled(resolved);
    trace?.answered(admitted);
    return admitted;
  }
  using _slot = admitted.slot;
  using lease = deps.pool.idle(version, purpose) ?? (await deps.pool.start(version, purpose));
  if (lease === undefined) return { kind: 'stopped' };
  return await run(request, resolved, { lease, provisioned: false, trace, mishap }, deps);
}

/** What was found out on the way. */
interface Course {
  readonly lease: Lease;
  readonly provisioned: boolean;
  readonly trace: InvocationTrace | undefined;
  readonly mishap: Mishap | undefined;
}

async function run(
  request: InvocationRequest,
  resolved: ResolvedTarget,
  { lease, provisioned, trace, mishap }: Course,
  deps: InvokeDeps,
): Promise<InvocationOutcome> {
  const log = new InvocationLog(lease.environment, request.requestId, request.tail, trace);
  trace?.run(lease.initDuration);
  deps.metrics?.began(resolved);
  log.start();
  const started = deps.clock.monotonic();
  const timeout = secondsToMilliseconds(resolved.version.timeout);
  const outcome =
    mishap?.failure ?? (await lease.environment.run(eventOf(request, resolved, timeout, trace, deps), timeout));
  const duration = milliseconds(deps.clock.monotonic() - started);

  const concluded = await conclude(outcome, {
    lease,
    log,
    duration,
    requestId: request.requestId,
    clock: deps.clock,
  });
  trace?.answered(concluded, duration);
  deps.metrics?.ended(resolved, concluded, { duration, provisioned });
  return concluded;
}

const beginTrace = (
  { requestId, traceHeader, ...request }: InvocationRequest,
  { version, invokedFunctionArn }: ResolvedTarget,
  { tracer }: InvokeDeps,
): InvocationTrace | undefined =>
  tracer?.begin({
    version,
    invokedFunctionArn: request.invokedFunctionArn ?? invokedFunctionArn,
    requestId,
    traceHeader,
  });

function eventOf(
  request: InvocationRequest,
  { version, invokedFunctionArn }: ResolvedTarget,
  timeout: Milliseconds,
  trace: InvocationTrace | undefined,
  deps: InvokeDeps,
): RuntimeEvent {
  const now = deps.clock.now();
  return {
    requestId: request.requestId,
    payload: request.payload,
    deadline: milliseconds(now + timeout),
    invokedFunctionArn: request.invokedFunctionArn ?? invokedFunctionArn,
    traceHeader: trace?.header ?? traceHeaderOf(request.traceHeader, version.functionArn, now, deps.random),
    clientContext: request.clientContext,
    ...(request.tenantId !== undefined && { tenantId: request.tenantId }),
    ...(request.stream && { stream: streamOf(request.stream, version.version) }),
  };
}

const streamOf = (stream: InvocationStream, executedVersion: VersionId): ResponseStream => ({
  begin: (contentType) => stream.begin(contentType, executedVersion),
  write: (chunk) => stream.write(chunk),
});
