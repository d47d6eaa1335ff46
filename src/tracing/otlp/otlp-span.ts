/**
 * Segments of X-Ray as spans of OpenTelemetry, in the JSON of OTLP.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/ ("JSON Protobuf Encoding": ids in hexadecimal, 64-bit numbers as text)
 */
import type { SegmentDocument, Subsegment, TracedException } from '../segment-document.ts';

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events?: readonly OtlpEvent[];
  readonly status?: { readonly code: number; readonly message?: string };
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number };

interface OtlpEvent {
  readonly name: string;
  readonly timeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
}

const spanKind = { internal: 1, server: 2, client: 3 } as const;
const statusError = 2;

/** The segment and all that is in it; what has not ended yet comes again when it has. */
export function spansOf(document: SegmentDocument): readonly OtlpSpan[] {
  const spans: OtlpSpan[] = [];
  const traceId = document.trace_id.slice(2).replace('-', '');
  const add = (segment: Subsegment, parent: string | undefined): void => {
    if (segment.end_time !== undefined) spans.push(spanOf(segment, segment.end_time, traceId, parent));
    for (const inner of segment.subsegments ?? []) add(inner, segment.id);
  };
  add(document, document.parent_id);
  return spans;
}

function spanOf(segment: Subsegment, endTime: number, traceId: string, parent: string | undefined): OtlpSpan {
  const failed = segment.fault === true || segment.error === true || segment.throttle === true;
  const exceptions = typeof segment.cause === 'object' ? (segment.cause.exceptions ?? []) : [];
  const message = exceptions[0]?.message;
  return {
    traceId,
    spanId: segment.id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name: segment.name,
    kind: kindOf(segment),
    startTimeUnixNano: nanoseconds(segment.start_time),
    endTimeUnixNano: nanoseconds(endTime),
    attributes: attributesOf(segment),
    ...(exceptions.length > 0 && { events: exceptions.map((exception) => exceptionEvent(exception, endTime)) }),
    ...(failed && { status: { code: statusError, ...(message !== undefined && { message }) } }),
  };
}

function kindOf({ origin, namespace }: Subsegment): number {
  if (origin === 'AWS::Lambda') return spanKind.server;
  return namespace === undefined ? spanKind.internal : spanKind.client;
}

/** Names of OpenTelemetry's semantic conventions where there is one. */
function attributesOf({ origin, http, aws, annotations, throttle }: Subsegment): readonly OtlpAttribute[] {
  const named: readonly (readonly [string, unknown])[] = [
    ['aws.xray.origin', origin],
    ['aws.xray.throttle', throttle],
    ['http.response.status_code', http?.response?.status],
    ['faas.invocation_id', origin?.startsWith('AWS::Lambda') ? aws?.['request_id'] : undefined],
    ['aws.request_id', origin === undefined ? aws?.['request_id'] : undefined],
    ['cloud.account.id', aws?.['account_id']],
    ['cloud.resource_id', aws?.['function_arn']],
    ['rpc.method', aws?.['operation']],
    ...Object.entries(annotations ?? {}),
  ];
  return named.flatMap(([key, value]) => attribute(key, value));
}

function attribute(key: string, value: unknown): readonly OtlpAttribute[] {
  switch (typeof value) {
    case 'string':
      return [{ key, value: { stringValue: value } }];
    case 'boolean':
      return [{ key, value: { boolValue: value } }];
    case 'number':
      return [{ key, value: Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value } }];
    default:
      return [];
  }
}

const exceptionEvent = ({ type, message }: TracedException, time: number): OtlpEvent => ({
  name: 'exception',
  timeUnixNano: nanoseconds(time),
  attributes: [...attribute('exception.type', type), ...attribute('exception.message', message)],
});

/** Exact to the microsecond, which is more than a double holds of seconds. */
const nanoseconds = (time: number): string => `${Math.round(time * 1_000_000)}000`;
