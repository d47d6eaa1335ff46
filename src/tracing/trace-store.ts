/** The latest traces, in memory: bounded by their number and by their size, whatever functions send. */
import type { SegmentDocument, SegmentSink, Subsegment } from './segment-document.ts';
import { segmentTree } from './segment-tree.ts';

export interface TraceFilter {
  readonly functionName?: string | undefined;
  readonly requestId?: string | undefined;
  /** How many at most, the latest ones. */
  readonly limit: number;
}

export interface TraceSummary {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly startTime: number;
  /** Seconds. */
  readonly duration: number;
  readonly functions: readonly string[];
  readonly requestIds: readonly string[];
  /** Those that were sent by themselves. */
  readonly segments: number;
  readonly hasError: boolean;
  readonly hasFault: boolean;
  readonly hasThrottle: boolean;
}

export interface Trace extends TraceSummary {
  /** Subsegments that were sent by themselves are where they belong. */
  readonly documents: readonly SegmentDocument[];
}

export interface TraceLimits {
  readonly traces: number;
  /** Of all documents, in characters. */
  readonly size: number;
  /** Documents of one trace. */
  readonly documents: number;
}

interface Kept {
  /** By their ids: what comes again is newer. */
  readonly documents: Map<string, SegmentDocument>;
  size: number;
}

const usualLimits: TraceLimits = { traces: 1000, size: 16 * 1024 * 1024, documents: 2000 };

/** About what a segment is that we made ourselves. */
const usualSize = 1000;

export class TraceStore implements SegmentSink {
  readonly #limits: TraceLimits;
  /** The one that was begun first is first. */
  readonly #traces = new Map<string, Kept>();
  #size = 0;

  constructor(limits: TraceLimits = usualLimits) {
    this.#limits = limits;
  }

  take(document: SegmentDocument, size = usualSize): void {
    const kept = this.#of(document.trace_id);
    if (kept.documents.size >= this.#limits.documents && !kept.documents.has(document.id)) return;
    kept.documents.set(document.id, document);
    kept.size += size;
    this.#size += size;
    for (const [id, { size: freed }] of this.#traces) {
      if (this.#traces.size <= this.#limits.traces && this.#size <= this.#limits.size) return;
      this.#traces.delete(id);
      this.#size -= freed;
    }
  }

  /** Latest first. */
  list({ functionName, requestId, limit }: TraceFilter): readonly TraceSummary[] {
    const found: TraceSummary[] = [];
    for (const [id, { documents }] of [...this.#traces].toReversed()) {
      if (found.length >= limit) break;
      const summary = summaryOf(id, [...documents.values()]);
      if (functionName !== undefined && !summary.functions.includes(functionName)) continue;
      if (requestId !== undefined && !summary.requestIds.includes(requestId)) continue;
      found.push(summary);
    }
    return found;
  }

  find(id: string): Trace | undefined {
    const kept = this.#traces.get(id);
    if (kept === undefined) return undefined;
    const documents = [...kept.documents.values()];
    return { ...summaryOf(id, documents), documents: segmentTree(documents) };
  }

  clear(): void {
    this.#traces.clear();
    this.#size = 0;
  }

  #of(id: string): Kept {
    let kept = this.#traces.get(id);
    if (kept === undefined) {
      kept = { documents: new Map(), size: 0 };
      this.#traces.set(id, kept);
    }
    return kept;
  }
}

function summaryOf(id: string, documents: readonly SegmentDocument[]): TraceSummary {
  const everything = documents.flatMap(withSubsegments);
  const startTime = Math.min(...documents.map(({ start_time }) => start_time));
  const endTime = Math.max(...documents.map(({ start_time, end_time }) => end_time ?? start_time));
  const ofLambda = documents.filter(({ origin }) => origin?.startsWith('AWS::Lambda'));
  const requestIds = ofLambda.flatMap(({ aws }) => (typeof aws?.['request_id'] === 'string' ? aws['request_id'] : []));
  return {
    id,
    startTime,
    duration: endTime - startTime,
    functions: [...new Set(ofLambda.map(({ name }) => name))],
    requestIds: [...new Set(requestIds)],
    segments: documents.length,
    hasError: everything.some(({ error }) => error === true),
    hasFault: everything.some(({ fault }) => fault === true),
    hasThrottle: everything.some(({ throttle }) => throttle === true),
  };
}

const withSubsegments = (segment: Subsegment): readonly Subsegment[] => [
  segment,
  ...(segment.subsegments?.flatMap(withSubsegments) ?? []),
];
