/** Segments as X-Ray has them. Source: AWS X-Ray developer guide, "X-Ray segment documents". */

/** The members that everything here needs; what else a sender wrote is kept as it is. */
export interface SegmentDocument {
  /** Sixteen hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly trace_id: string;
  /** Seconds since the epoch, with fractions. */
  readonly start_time: number;
  readonly end_time?: number;
  readonly parent_id?: string;
  /** Sent by itself, apart from the segment that it belongs to. */
  readonly type?: 'subsegment';
  readonly origin?: string;
  readonly resource_arn?: string;
  /** `aws` or `remote` for a call of something else. */
  readonly namespace?: string;
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
  readonly http?: { readonly response?: { readonly status?: number } };
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly cause?: { readonly exceptions?: readonly TracedException[] } | string;
  readonly subsegments?: readonly Subsegment[];
}

/** Inside of a segment, whose trace it shares. */
export type Subsegment = Omit<SegmentDocument, 'trace_id' | 'subsegments'> & {
  readonly trace_id?: string;
  readonly subsegments?: readonly Subsegment[];
};

export interface TracedException {
  readonly id: string;
  readonly type?: string;
  readonly message?: string;
}

/** Takes segments that are complete, or at least begun; must not throw. */
export interface SegmentSink {
  /** @param size of the document as JSON, where known */
  take(document: SegmentDocument, size?: number): void;
}

const segmentId = /^[0-9a-f]{16}$/;
const traceId = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/** What functions send is theirs to make: `undefined` for what is no segment. */
export function parseSegment(text: string): SegmentDocument | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isSegment(value) ? value : undefined;
}

function isSegment(value: unknown): value is SegmentDocument {
  if (!isRecord(value)) return false;
  const { id, name, trace_id, start_time, end_time, parent_id, subsegments } = value;
  return (
    matches(id, segmentId) &&
    matches(trace_id, traceId) &&
    typeof name === 'string' &&
    Number.isFinite(start_time) &&
    (end_time === undefined || Number.isFinite(end_time)) &&
    (parent_id === undefined || matches(parent_id, segmentId)) &&
    (subsegments === undefined || (Array.isArray(subsegments) && subsegments.every(isSubsegment)))
  );
}

const isSubsegment = (value: unknown): boolean =>
  isRecord(value) && isSegment({ ...value, trace_id: '1-00000000-000000000000000000000000' });

const matches = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
