/** Composes tracing: who records invocations, who takes what functions recorded, and where all of it goes. */
import { LambdaTracer } from '../tracing/lambda-tracer.ts';
import type { SegmentSink } from '../tracing/segment-document.ts';
import { TraceSampler } from '../tracing/trace-sampler.ts';
import { TraceStore } from '../tracing/trace-store.ts';
import { XRayDaemon } from '../tracing/xray-daemon.ts';
import type { Platform } from './platform.ts';

export interface Tracing extends AsyncDisposable {
  readonly tracer: LambdaTracer;
  readonly daemon: XRayDaemon;
  readonly store: TraceStore;
}

export async function openTracing(platform: Platform): Promise<Tracing> {
  const { config, clock, random, logger } = platform;
  await using opened = new AsyncDisposableStack();
  const store = new TraceStore();
  const exporter = await openExporter(platform);
  if (exporter !== undefined) opened.use(exporter);
  const sink: SegmentSink = {
    take(document, size) {
      store.take(document, size);
      exporter?.take(document);
    },
  };
  const daemon = opened.use(new XRayDaemon({ sink, logger }));
  const sampler = new TraceSampler({ clock, random, share: config.tracing.traceShare / 100 });
  const tracer = new LambdaTracer({ clock, random, sink, sampler });
  const owned = opened.move();
  return { tracer, daemon, store, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Loaded only where somebody wants it. */
async function openExporter({
  config: { tracing },
  clock,
  random,
  logger,
}: Platform): Promise<(SegmentSink & AsyncDisposable) | undefined> {
  const { otlpEndpoint, otlpHeaders = {} } = tracing;
  if (otlpEndpoint === undefined || otlpEndpoint === 'off') return undefined;
  const { HttpCollector } = await import('../tracing/otlp/collector.ts');
  const { OtlpExporter } = await import('../tracing/otlp/otlp-exporter.ts');
  return new OtlpExporter({ collector: new HttpCollector(otlpEndpoint, otlpHeaders), clock, random, logger });
}
