/** Spans that wait to be sent, each with the service that it is of: bounded, so that a collector may be away. */
import type { SegmentDocument, Subsegment } from '../segment-document.ts';
import { type OtlpSpan, spansOf } from './otlp-span.ts';

/** What a span is of, once that is known. */
export interface SpanService {
  readonly name: string;
  readonly functionArn: string | undefined;
}

export interface ServiceSpans {
  readonly service: SpanService;
  readonly spans: readonly OtlpSpan[];
}

interface Waiting {
  readonly span: OtlpSpan;
  readonly service: SpanService | undefined;
}

/** Segments whose service later subsegments may ask for. */
const rememberedSegments = 4096;

const unknownService: SpanService = { name: 'unknown_service', functionArn: undefined };

export class SpanQueue {
  readonly #capacity: number;
  #waiting: Waiting[] = [];
  /** By the ids of segments and subsegments; the oldest are forgotten. */
  readonly #services = new Map<string, SpanService>();
  /** Spans for which there was no room. */
  dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#waiting.length;
  }

  add(document: SegmentDocument): void {
    const service = serviceOf(document);
    if (service !== undefined) this.#remember(document, service);
    for (const span of spansOf(document)) {
      if (this.#waiting.length < this.#capacity) this.#waiting.push({ span, service });
      else this.dropped += 1;
    }
  }

  /** The oldest ones, by their service: what was sent by itself belongs to where its parents do. */
  take(count: number): readonly ServiceSpans[] {
    const taken = this.#waiting.splice(0, count);
    const parents = new Map(taken.map(({ span }) => [span.spanId, span.parentSpanId]));
    const groups = new Map<string, { readonly service: SpanService; readonly spans: OtlpSpan[] }>();
    for (const { span, service } of taken) {
      const known = service ?? this.#serviceAbove(span, parents) ?? unknownService;
      const key = `${known.name} ${known.functionArn}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { service: known, spans: [span] });
      else group.spans.push(span);
    }
    return [...groups.values()];
  }

  #serviceAbove(span: OtlpSpan, parents: ReadonlyMap<string, string | undefined>): SpanService | undefined {
    let id: string | undefined = span.spanId;
    // As far as there are spans at most: what functions send may be its own ancestor.
    for (let steps = 0; id !== undefined && steps <= parents.size; steps += 1) {
      const service = this.#services.get(id);
      if (service !== undefined) return service;
      id = parents.get(id);
    }
    return span.parentSpanId === undefined ? undefined : this.#services.get(span.parentSpanId);
  }

  #remember({ id, subsegments }: Subsegment, service: SpanService): void {
    this.#services.set(id, service);
    for (const inner of subsegments ?? []) this.#remember(inner, service);
    for (const [oldest] of this.#services) {
      if (this.#services.size <= rememberedSegments) break;
      this.#services.delete(oldest);
    }
  }
}

/** `undefined` for a subsegment that was sent by itself. */
function serviceOf({ type, name, aws, resource_arn }: SegmentDocument): SpanService | undefined {
  if (type === 'subsegment') return undefined;
  const functionArn = aws?.['function_arn'] ?? resource_arn;
  return { name, functionArn: typeof functionArn === 'string' ? functionArn : undefined };
}
