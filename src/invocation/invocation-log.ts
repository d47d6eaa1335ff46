/** One invocation in its environment's log: its start, what the function writes, its end and its report. */
import type { RequestId } from '../aws/call.ts';
import type { Environment } from '../environment/environment.ts';
import type { EnvironmentLog } from '../environment/environment-log.ts';
import type { Restoration } from '../environment/lease.ts';
import type { InvocationReport, PlatformStatus, TraceReference } from '../environment/platform-event.ts';
import type { PostRuntimeEnd } from '../environment/post-runtime.ts';
import { type Bytes, type Milliseconds, milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { InvocationTrace } from './invocation-trace.ts';

/** How an invocation ended, but for the memory, which is read when it has ended. */
export interface InvocationEnd {
  readonly duration: Milliseconds;
  /** On the first invocation of an environment only. */
  readonly initDuration: Milliseconds | undefined;
  readonly restoration: Restoration | undefined;
  readonly status: PlatformStatus;
  readonly errorType: string | undefined;
  /** Of the answer. */
  readonly producedBytes: number;
}

export class InvocationLog {
  readonly #log: EnvironmentLog;
  readonly #environment: Environment;
  readonly #requestId: RequestId;
  readonly #tailed: boolean;
  readonly #trace: InvocationTrace | undefined;

  constructor(environment: Environment, requestId: RequestId, tailed: boolean, trace?: InvocationTrace) {
    this.#environment = environment;
    this.#log = environment.log;
    this.#requestId = requestId;
    this.#tailed = tailed;
    this.#trace = trace;
  }

  start(): void {
    this.#log.settle();
    if (this.#tailed) this.#log.beginTail();
    const { functionArn, version } = this.#environment.version;
    const record = { requestId: this.#requestId, functionArn, version, ...tracingOf(this.#trace) };
    this.#log.platform({ type: 'platform.start', record });
  }

  /**
   * Writes the end and the report behind all output; the caller of an untailed invocation does not wait for that.
   * @param lines what the text format says of the end besides; the report of the JSON format has it all
   */
  end(lines: readonly string[], end: InvocationEnd): Promise<Buffer> | undefined {
    const { resting } = this.#environment;
    let rest: PostRuntimeEnd | undefined;
    void resting?.then((ended) => {
      rest = ended;
    });
    const close = (closed: () => void): void => {
      this.#tellRuntimeDone(lines, end);
      const report = (ended: PostRuntimeEnd | undefined): void => {
        this.#report(withRest(end, ended));
        this.#trace?.closed();
        closed();
      };
      // The report waits for the extensions, and the start of the next invocation for neither.
      if (resting === undefined || rest !== undefined) report(rest);
      else void resting.then(report);
    };
    if (!this.#tailed) {
      this.#log.afterOutput(() => close(() => {}));
      return undefined;
    }
    return new Promise((resolve) => this.#log.afterOutput(() => close(() => resolve(this.#log.endTail()))));
  }

  #tellRuntimeDone(lines: readonly string[], end: InvocationEnd): void {
    if (this.#environment.version.logging.format === 'Text') for (const line of lines) this.#log.line(line);
    const metrics = { durationMs: end.duration, producedBytes: end.producedBytes };
    const record = { requestId: this.#requestId, ...resultOf(end), ...tracingOf(this.#trace), metrics };
    this.#log.platform({ type: 'platform.runtimeDone', record });
  }

  #report(end: InvocationEnd): void {
    const { version, maxMemory } = this.#environment;
    const metrics = reportMetrics(end, version, maxMemory);
    const record = { requestId: this.#requestId, metrics, ...resultOf(end), ...tracingOf(this.#trace) };
    this.#log.platform({ type: 'platform.report', record });
  }
}

function resultOf({ status, errorType }: InvocationEnd): Pick<InvocationReport, 'status' | 'errorType'> {
  return { status, ...(errorType !== undefined && { errorType }) };
}

/** What the platform says of a recorded invocation besides. */
const tracingOf = (trace: InvocationTrace | undefined): { readonly tracing?: TraceReference } | undefined =>
  trace && { tracing: { spanId: trace.segmentId, type: 'X-Amzn-Trace-Id', value: trace.header } };

/** The invocation as it is when its extensions have ended their work too. */
function withRest(end: InvocationEnd, rest: PostRuntimeEnd | undefined): InvocationEnd {
  if (rest === undefined) return end;
  const whole = { ...end, duration: milliseconds(end.duration + rest.after) };
  switch (rest.kind) {
    case 'done':
    case 'stopped':
      return whole;
    case 'timed-out':
      return { ...whole, status: 'timeout' };
    case 'exited':
      return { ...whole, status: 'error', errorType: 'Runtime.ExitError' };
    case 'extension-failed':
      return { ...whole, status: 'error', errorType: rest.errorType };
  }
}

function reportMetrics(
  { duration, initDuration, restoration }: InvocationEnd,
  { memorySize }: FunctionVersion,
  maxMemory: Bytes,
): InvocationReport['metrics'] {
  return {
    durationMs: duration,
    // Since August 2025 the init phase is billed too. Source: AWS Compute Blog, "Lambda standardizes billing for INIT".
    billedDurationMs: Math.ceil(duration + (initDuration ?? 0) + (restoration?.billed ?? 0)),
    memorySizeMB: memorySize,
    // AWS never shows more than the function has.
    maxMemoryUsedMB: Math.min(Math.ceil(maxMemory / (1024 * 1024)), memorySize),
    ...(initDuration !== undefined && { initDurationMs: initDuration }),
    ...(restoration && {
      restoreDurationMs: restoration.duration,
      billedRestoreDurationMs: Math.ceil(restoration.billed),
    }),
  };
}
