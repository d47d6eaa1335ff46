/**
 * What the platform says of an environment and its invocations.
 *
 * The names and records are those of AWS. Source: Lambda developer guide, "Lambda Telemetry API Event schema reference".
 */
import type { InitializationType } from './environment-variables.ts';

export type PlatformEvent =
  | { readonly type: 'platform.initStart'; readonly record: InitStart }
  | { readonly type: 'platform.initRuntimeDone'; readonly record: InitRuntimeDone }
  | { readonly type: 'platform.initReport'; readonly record: InitReport }
  | { readonly type: 'platform.restoreStart'; readonly record: Omit<InitStart, 'initializationType' | 'phase'> }
  | { readonly type: 'platform.restoreRuntimeDone'; readonly record: RestoreRuntimeDone }
  | { readonly type: 'platform.restoreReport'; readonly record: RestoreReport }
  | { readonly type: 'platform.start'; readonly record: InvocationStart }
  | { readonly type: 'platform.runtimeDone'; readonly record: RuntimeDone }
  | { readonly type: 'platform.report'; readonly record: InvocationReport }
  | { readonly type: 'platform.extension'; readonly record: ExtensionInit }
  | { readonly type: 'platform.telemetrySubscription' | 'platform.logsSubscription'; readonly record: Subscription };

/** Of an invocation that is recorded for X-Ray. */
export interface TraceReference {
  readonly spanId: string;
  readonly type: 'X-Amzn-Trace-Id';
  /** The trace header that the runtime got. */
  readonly value: string;
}

export type PlatformStatus = 'success' | 'error' | 'timeout';

export interface InitStart {
  readonly initializationType: InitializationType;
  readonly phase: 'init' | 'invoke';
  /** `nodejs:24.v1`; absent for a function that is an image. */
  readonly runtimeVersion?: string;
  readonly runtimeVersionArn?: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly instanceId: string;
  /** Bytes. */
  readonly instanceMaxMemory: number;
}

export interface InitRuntimeDone {
  readonly initializationType: InitializationType;
  readonly phase: 'init' | 'invoke';
  readonly status: PlatformStatus;
  readonly errorType?: string;
}

export interface InitReport extends InitRuntimeDone {
  readonly metrics: { readonly durationMs: number };
}

export interface RestoreRuntimeDone {
  readonly status: PlatformStatus;
  readonly errorType?: string;
}

export interface RestoreReport extends RestoreRuntimeDone {
  readonly metrics: { readonly durationMs: number };
}

export interface InvocationStart {
  readonly requestId: string;
  readonly functionArn: string;
  readonly version: string;
  readonly tracing?: TraceReference;
}

/** An extension at the end of an init phase. */
export interface ExtensionInit {
  readonly name: string;
  readonly state: string;
  readonly events: readonly string[];
  readonly errorType?: string;
}

/** An extension subscribed to telemetry. */
export interface Subscription {
  readonly name: string;
  readonly state: string;
  readonly types: readonly ('platform' | 'function' | 'extension')[];
}

export interface RuntimeDone {
  readonly requestId: string;
  readonly status: PlatformStatus;
  readonly errorType?: string;
  readonly tracing?: TraceReference;
  readonly metrics: { readonly durationMs: number; readonly producedBytes: number };
}

export interface InvocationReport {
  readonly requestId: string;
  readonly metrics: {
    readonly durationMs: number;
    readonly billedDurationMs: number;
    readonly memorySizeMB: number;
    readonly maxMemoryUsedMB: number;
    /** On the first invocation of an environment only. */
    readonly initDurationMs?: number;
    /** The same for environments that begin from a snapshot. */
    readonly restoreDurationMs?: number;
    readonly billedRestoreDurationMs?: number;
  };
  readonly status: PlatformStatus;
  readonly errorType?: string;
  readonly tracing?: TraceReference;
}
