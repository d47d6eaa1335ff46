/**
 * One recorded invocation: the segment of the service (`AWS::Lambda`) and in it the one of the function
 * (`AWS::Lambda::Function`) with what it did as subsegments.
 *
 * Source: Lambda developer guide, "Visualize Lambda function invocations using AWS X-Ray", the form with an
 * `Invocation` subsegment, and documents that BatchGetTraces gave.
 */
import type { InvocationOutcome } from '../invocation/invocation-outcome.ts';
import type { InvocationTrace, TracedInvocation } from '../invocation/invocation-trace.ts';
import { lineageOf, newRoot, sampledHeader, type TraceContext } from '../invocation/trace-header.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { type FunctionFailure, functionFailure } from './function-failure.ts';
import type { SegmentDocument, SegmentSink, Subsegment } from './segment-document.ts';

export interface InvocationSegmentsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly sink: SegmentSink;
}

/** Seconds since the epoch. */
type Instant = number;

interface Run {
  readonly started: Instant;
  /** How long the environment took to initialise before, in seconds. */
  readonly initialised: number | undefined;
}

interface Answer {
  readonly ended: Instant;
  readonly failure: FunctionFailure | undefined;
}

export class InvocationSegments implements InvocationTrace {
  readonly traceId: string;
  readonly segmentId: string;
  readonly header: string;
  readonly #invocation: TracedInvocation;
  readonly #parent: string | undefined;
  readonly #deps: InvocationSegmentsDeps;
  readonly #serviceId: string;
  readonly #invocationId: string;
  /** The wall clock at the begin of monotonic time: their sum does not jump. */
  readonly #epoch: Instant;
  readonly #started: Instant;
  #run: Run | undefined;
  #answer: Answer | undefined;
  #answered = false;
  #closed: Instant | undefined;

  constructor(invocation: TracedInvocation, context: TraceContext | undefined, deps: InvocationSegmentsDeps) {
    const { clock, random } = deps;
    const now = clock.now();
    this.traceId = context?.root ?? newRoot(now, random);
    this.segmentId = random.hex(8);
    this.#serviceId = random.hex(8);
    this.#invocationId = random.hex(8);
    const lineage = lineageOf(context?.lineage, invocation.version.functionArn);
    this.header = sampledHeader(this.traceId, this.#invocationId, lineage);
    this.#invocation = invocation;
    this.#parent = context?.parent;
    this.#deps = deps;
    this.#epoch = (now - clock.monotonic()) / 1000;
    this.#started = this.#now();
  }

  run(initDuration: Milliseconds | undefined): void {
    this.#run = { started: this.#now(), initialised: initDuration === undefined ? undefined : initDuration / 1000 };
  }

  answered(outcome: InvocationOutcome, duration?: Milliseconds): void {
    this.#answered = true;
    switch (outcome.kind) {
      case 'throttled':
        this.#emitService({ http: { response: { status: 429 } }, error: true, throttle: true });
        return;
      case 'not-restored': {
        // As the API answers SnapStartException and SnapStartTimeoutException.
        const status = outcome.reason === 'timed-out' ? 408 : 400;
        this.#emitService({ http: { response: { status } }, error: true });
        return;
      }
      case 'stopped':
        this.#emitService({ http: { response: { status: 500 } }, fault: true });
        return;
      case 'answered': {
        const { started } = this.#run ?? { started: this.#now() };
        const failure = outcome.result === 'failed' ? functionFailure(outcome.payload, this.#deps.random) : undefined;
        this.#answer = { ended: started + (duration ?? 0) / 1000, failure };
        this.#emitService({ http: { response: { status: 200 } } });
        this.#emitFunction();
      }
    }
  }

  closed(): void {
    this.#closed = this.#now();
    this.#emitFunction();
  }

  [Symbol.dispose](): void {
    if (!this.#answered) this.#emitService({ http: { response: { status: 500 } }, fault: true });
  }

  #now(): Instant {
    return this.#epoch + this.#deps.clock.monotonic() / 1000;
  }

  #emitService(outcome: Pick<SegmentDocument, 'http' | 'error' | 'fault' | 'throttle'>): void {
    const { version, invokedFunctionArn, requestId } = this.#invocation;
    this.#deps.sink.take({
      id: this.#serviceId,
      name: version.functionName,
      start_time: this.#started,
      trace_id: this.traceId,
      end_time: this.#now(),
      ...(this.#parent !== undefined && { parent_id: this.#parent }),
      ...outcome,
      aws: { request_id: requestId },
      origin: 'AWS::Lambda',
      resource_arn: invokedFunctionArn,
    });
  }

  /** The caller has its answer before the environment is free, or after, when it also wants the log. */
  #emitFunction(): void {
    if (this.#run === undefined || this.#answer === undefined || this.#closed === undefined) return;
    const { functionName, functionArn, scope, logGroup } = this.#invocation.version;
    const { failure } = this.#answer;
    this.#deps.sink.take({
      id: this.segmentId,
      name: functionName,
      start_time: this.#run.started,
      trace_id: this.traceId,
      end_time: this.#closed,
      parent_id: this.#serviceId,
      ...failure,
      aws: {
        account_id: scope.account,
        cloudwatch_logs: [{ log_group: logGroup }],
        function_arn: functionArn,
        request_id: this.#invocation.requestId,
        resource_names: [functionName],
      },
      origin: 'AWS::Lambda::Function',
      subsegments: this.#phases(this.#run, this.#answer, this.#closed),
    });
  }

  #phases({ started, initialised }: Run, { ended, failure }: Answer, closed: Instant): readonly Subsegment[] {
    const aws = { function_arn: this.#invocation.version.functionArn };
    const phase = (id: string, name: string, start_time: Instant, end_time: Instant): Subsegment => {
      return { id, name, start_time, end_time, aws };
    };
    const { random } = this.#deps;
    return [
      ...(initialised === undefined ? [] : [phase(random.hex(8), 'Initialization', started - initialised, started)]),
      { ...phase(this.#invocationId, 'Invocation', started, ended), ...failure },
      phase(random.hex(8), 'Overhead', ended, Math.max(ended, closed)),
    ];
  }
}
