/** The platform's lines in a function's log. Source: Lambda developer guide, "Sending function logs to CloudWatch Logs". */
import type { Bytes, Milliseconds, Seconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';

export interface Report {
  readonly requestId: string;
  readonly duration: Milliseconds;
  readonly initDuration: Milliseconds | undefined;
  readonly maxMemory: Bytes;
  /** `error` and `timeout` are written out, success is not. */
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | undefined;
}

export const startLine = (requestId: string, version: FunctionVersion): string =>
  `START RequestId: ${requestId} Version: ${version.version}`;

export const endLine = (requestId: string): string => `END RequestId: ${requestId}`;

export const timeoutLine = (now: Milliseconds, requestId: string, timeout: Seconds): string =>
  `${isoTimestamp(now)} ${requestId} Task timed out after ${timeout.toFixed(2)} seconds`;

export function reportLine(report: Report, version: FunctionVersion): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.duration.toFixed(2)} ms`,
    // Since August 2025 the init phase is billed too. Source: AWS Compute Blog, "Lambda standardizes billing for INIT".
    `Billed Duration: ${Math.ceil(report.duration + (report.initDuration ?? 0))} ms`,
    `Memory Size: ${version.memorySize} MB`,
    `Max Memory Used: ${shownMemory(report.maxMemory, version)} MB`,
  ];
  if (report.initDuration !== undefined) fields.push(`Init Duration: ${report.initDuration.toFixed(2)} ms`);
  if (report.status !== 'success') fields.push(`Status: ${report.status}`);
  if (report.errorType !== undefined) fields.push(`Error Type: ${report.errorType}`);
  return `${fields.join('\t')}\t`;
}

/** What a failed init phase leaves in the log. */
export const initReportLine = (
  duration: Milliseconds,
  phase: 'init' | 'invoke',
  status: string,
  type: string,
): string =>
  `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}\tError Type: ${type}`;

/** AWS never shows more than the function has. */
function shownMemory(used: Bytes, version: FunctionVersion): number {
  return Math.min(Math.ceil(used / (1024 * 1024)), version.memorySize);
}
