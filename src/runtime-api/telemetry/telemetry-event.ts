/** What happened in an environment, as the Telemetry API tells it. Source: Lambda developer guide, "Event schema reference". */
import type { Milliseconds } from '../../kernel/quantity.ts';

export const telemetryCategories = ['platform', 'function', 'extension'] as const;
export type TelemetryCategory = (typeof telemetryCategories)[number];

export type InitPhase = 'init' | 'invoke';
export type Status = 'success' | 'failure' | 'error' | 'timeout';

export interface TraceContext {
  readonly spanId?: string;
  readonly type: 'X-Amzn-Trace-Id';
  readonly value: string;
}

interface InitRecord {
  readonly initializationType: string;
  readonly phase: InitPhase;
}

export interface ReportMetrics {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
  /** On the first invocation of an environment. */
  readonly initDurationMs?: number;
  readonly restoreDurationMs?: number;
  readonly billedRestoreDurationMs?: number;
}

interface InvocationEnd {
  readonly requestId: string;
  readonly status: Status;
  readonly errorType?: string;
}

/** An event without the time at which it was told. Members and their names are those on the wire. */
export type TelemetryFact =
  | { readonly type: 'function' | 'extension'; readonly record: string }
  | {
      readonly type: 'platform.initStart';
      readonly record: InitRecord;
    }
  | {
      readonly type: 'platform.initRuntimeDone';
      readonly record: InitRecord & { readonly status: Status; readonly errorType?: string };
    }
  | {
      readonly type: 'platform.initReport';
      readonly record: InitRecord & {
        readonly status: Status;
        readonly errorType?: string;
        readonly metrics: { readonly durationMs: number };
      };
    }
  | {
      readonly type: 'platform.restoreStart';
      readonly record: { readonly functionName: string; readonly functionVersion: string };
    }
  | {
      readonly type: 'platform.restoreRuntimeDone';
      readonly record: { readonly status: Status; readonly errorType?: string };
    }
  | {
      readonly type: 'platform.restoreReport';
      readonly record: {
        readonly status: Status;
        readonly errorType?: string;
        readonly metrics: { readonly durationMs: number };
      };
    }
  | {
      readonly type: 'platform.start';
      readonly record: { readonly requestId: string; readonly version: string; readonly tracing?: TraceContext };
    }
  | {
      readonly type: 'platform.runtimeDone';
      readonly record: InvocationEnd & {
        readonly tracing?: TraceContext;
        readonly metrics: { readonly durationMs: number; readonly producedBytes: number };
      };
    }
  | {
      readonly type: 'platform.report';
      readonly record: InvocationEnd & { readonly tracing?: TraceContext; readonly metrics: ReportMetrics };
    }
  | {
      readonly type: 'platform.extension';
      readonly record: {
        readonly name: string;
        readonly state: string;
        readonly events: readonly string[];
        readonly errorType?: string;
      };
    }
  | {
      readonly type: 'platform.telemetrySubscription' | 'platform.logsSubscription';
      readonly record: {
        readonly name: string;
        readonly state: string;
        readonly types: readonly TelemetryCategory[];
      };
    }
  | { readonly type: 'platform.logsDropped'; readonly record: DroppedRecords };

export interface DroppedRecords {
  readonly droppedRecords: number;
  readonly droppedBytes: number;
  readonly reason: string;
}

export type TelemetryEvent = TelemetryFact & { readonly time: Milliseconds };

export function categoryOf({ type }: TelemetryFact): TelemetryCategory {
  return type === 'function' || type === 'extension' ? type : 'platform';
}
