/** Says which invocations are recorded, and begins their records. */
import type { InvocationTrace, InvocationTracer, TracedInvocation } from '../invocation/invocation-trace.ts';
import { readTraceHeader } from '../invocation/trace-header.ts';
import { InvocationSegments, type InvocationSegmentsDeps } from './invocation-segments.ts';
import type { TraceSampler } from './trace-sampler.ts';

export interface LambdaTracerDeps extends InvocationSegmentsDeps {
  readonly sampler: TraceSampler;
}

export class LambdaTracer implements InvocationTracer {
  readonly #deps: LambdaTracerDeps;

  constructor(deps: LambdaTracerDeps) {
    this.#deps = deps;
  }

  begin(invocation: TracedInvocation): InvocationTrace | undefined {
    const context = readTraceHeader(invocation.traceHeader);
    const sampled = context?.sampled ?? this.#deps.sampler.samples(invocation.version.functionArn);
    return sampled ? new InvocationSegments(invocation, context, this.#deps) : undefined;
  }
}
