/** What an Invoke request came back with, read from the response of the API. */
import type { DaemonResponse } from './daemon-client.ts';

export interface InvocationAnswer {
  readonly statusCode: number;
  readonly requestId: string | undefined;
  readonly executedVersion: string | undefined;
  /** `Unhandled` when the function failed. */
  readonly functionError: string | undefined;
  readonly payload: Buffer;
  /** The end of the invocation's log, when it was asked for. */
  readonly log: string | undefined;
}

export function readAnswer(response: DaemonResponse): InvocationAnswer {
  const log = header(response, 'x-amz-log-result');
  return {
    statusCode: response.status,
    requestId: header(response, 'x-amzn-requestid'),
    executedVersion: header(response, 'x-amz-executed-version'),
    functionError: header(response, 'x-amz-function-error'),
    payload: response.body,
    log: log === undefined ? undefined : Buffer.from(log, 'base64').toString(),
  };
}

/** `undefined` for what is not JSON. */
export function parsePayload(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

/** Type, message and stack of an error payload in the form of its language; any other payload as it is. */
export function errorText(payload: Buffer): string {
  const error = record(parsePayload(payload));
  const message = error['errorMessage'];
  if (typeof message !== 'string') return payload.toString();
  const type = error['errorType'];
  const head = typeof type === 'string' ? `${type}: ${message}` : message;
  // Node.js repeats type and message at the head of its trace, the other languages list frames only.
  const [trace, frames] = [lines(error['trace']), lines(error['stackTrace'])];
  return trace.length > 0 ? trace.join('\n') : [head, ...frames].join('\n').trimEnd();
}

/** The error of the API itself, for a status of 400 and above. */
export function apiErrorText(response: DaemonResponse): string {
  const error = record(parsePayload(response.body));
  const message = error['message'] ?? error['Message'];
  const type = header(response, 'x-amzn-errortype') ?? `HTTP ${response.status}`;
  return `${type}: ${typeof message === 'string' ? message : response.body.toString()}`;
}

function header(response: DaemonResponse, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function lines(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').map((line) => line.trimEnd()) : [];
}
