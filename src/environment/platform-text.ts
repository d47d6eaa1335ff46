/** The platform's events as lines of text. Source: Lambda developer guide, "Sending function logs to CloudWatch Logs". */
import type {
  ExtensionInit,
  InitReport,
  InitStart,
  InvocationReport,
  PlatformEvent,
  RestoreReport,
  Subscription,
  TraceReference,
} from './platform-event.ts';

/** `undefined` for what the text format keeps to itself. */
export function platformText(event: PlatformEvent): string | undefined {
  switch (event.type) {
    case 'platform.initStart':
      return startLine('INIT_START', event.record);
    case 'platform.restoreStart':
      return startLine('RESTORE_START', event.record);
    case 'platform.initRuntimeDone':
    case 'platform.restoreRuntimeDone':
      return undefined;
    case 'platform.initReport':
      return isToldInText(event.record) ? initReportLine(event.record) : undefined;
    case 'platform.restoreReport':
      return restoreReportLine(event.record);
    case 'platform.start':
      return `START RequestId: ${event.record.requestId} Version: ${event.record.version}`;
    case 'platform.runtimeDone':
      return `END RequestId: ${event.record.requestId}`;
    case 'platform.report':
      return reportLine(event.record);
    case 'platform.extension':
      return extensionLine(event.record);
    case 'platform.telemetrySubscription':
      return `TELEMETRY\t${subscriptionFields(event.record)}`;
    case 'platform.logsSubscription':
      return `LOGS\t${subscriptionFields(event.record)}`;
  }
}

/** Of a version that starts from snapshots this is the only line with its duration. */
const isToldInText = ({ status, initializationType }: InitReport): boolean =>
  status !== 'success' || initializationType === 'snap-start';

const startLine = (
  label: string,
  { runtimeVersion, runtimeVersionArn }: Pick<InitStart, 'runtimeVersion' | 'runtimeVersionArn'>,
): string | undefined =>
  runtimeVersion && `${label} Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${runtimeVersionArn}`;

function initReportLine({ metrics, phase, status, errorType }: InitReport): string {
  const fields = [
    `INIT_REPORT Init Duration: ${metrics.durationMs.toFixed(2)} ms`,
    `Phase: ${phase}`,
    `Status: ${status}`,
  ];
  if (errorType !== undefined) fields.push(`Error Type: ${errorType}`);
  return fields.join('\t');
}

function restoreReportLine({ metrics, status, errorType }: RestoreReport): string {
  const fields = [`RESTORE_REPORT Restore Duration: ${metrics.durationMs.toFixed(2)} ms`];
  if (status !== 'success') fields.push(`Status: ${status}`);
  if (errorType !== undefined) fields.push(`Error Type: ${errorType}`);
  return fields.join('\t');
}

/** Success is not written out; the trace has a line of its own in the same event. */
function reportLine({ requestId, metrics, status, errorType, tracing }: InvocationReport): string {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${metrics.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${metrics.billedDurationMs} ms`,
    `Memory Size: ${metrics.memorySizeMB} MB`,
    `Max Memory Used: ${metrics.maxMemoryUsedMB} MB`,
  ];
  if (metrics.initDurationMs !== undefined) fields.push(`Init Duration: ${metrics.initDurationMs.toFixed(2)} ms`);
  if (metrics.restoreDurationMs !== undefined) {
    fields.push(`Restore Duration: ${metrics.restoreDurationMs.toFixed(2)} ms`);
    fields.push(`Billed Restore Duration: ${metrics.billedRestoreDurationMs ?? 0} ms`);
  }
  if (status !== 'success') fields.push(`Status: ${status}`);
  if (errorType !== undefined) fields.push(`Error Type: ${errorType}`);
  const report = `${fields.join('\t')}\t`;
  return tracing === undefined ? report : `${report}\n${traceLine(tracing)}`;
}

function traceLine({ spanId, value }: TraceReference): string {
  const traceId = /Root=([^;]*)/.exec(value)?.[1];
  return `XRAY TraceId: ${traceId}\tSegmentId: ${spanId}\tSampled: true\t`;
}

function extensionLine({ name, state, events, errorType }: ExtensionInit): string {
  const fields = ['EXTENSION', `Name: ${name}`, `State: ${state}`, `Events: [${events.join(',')}]`];
  if (errorType !== undefined) fields.push(`Error Type: ${errorType}`);
  return fields.join('\t');
}

function subscriptionFields({ name, state, types }: Subscription): string {
  const capitalised = types.map((type) => type.charAt(0).toUpperCase() + type.slice(1));
  return `Name: ${name}\tState: ${state}\tTypes: [${capitalised.join(', ')}]`;
}
