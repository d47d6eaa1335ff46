/** The bodies and headers that the Runtime API answers with. Source: AWS Lambda developer guide, "Runtime API". */
import type { ServerResponse } from 'node:http';
import type { RuntimeEvent } from './runtime-event.ts';
import type { Refusal } from './runtime-session.ts';

const accepted = Buffer.from('{"status":"OK"}\n');

export function replyAccepted(response: ServerResponse): void {
  response.writeHead(202, ['Content-Type', 'application/json', 'Content-Length', String(accepted.length)]);
  response.end(accepted);
}

/** The runtime is restored; there is nothing to tell it. */
export function replyRestored(response: ServerResponse): void {
  response.writeHead(200, ['Content-Type', 'application/json', 'Content-Length', '2']);
  response.end('{}');
}

/** Hands over an event: headers and body leave in one write where they fit. */
export function replyEvent(response: ServerResponse, event: RuntimeEvent): void {
  const headers = [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(event.payload.length),
    'Lambda-Runtime-Aws-Request-Id',
    event.requestId,
    'Lambda-Runtime-Deadline-Ms',
    String(event.deadline),
    'Lambda-Runtime-Invoked-Function-Arn',
    event.invokedFunctionArn,
    'Lambda-Runtime-Trace-Id',
    event.traceHeader,
  ];
  if (event.clientContext !== undefined) headers.push('Lambda-Runtime-Client-Context', event.clientContext);
  if (event.tenantId !== undefined) headers.push('Lambda-Runtime-Aws-Tenant-Id', event.tenantId);
  response.writeHead(200, headers);
  response.end(event.payload);
}

export function replyRefused(response: ServerResponse, refusal: Refusal, state: string): void {
  if (refusal === 'InvalidRequestID') replyError(response, 400, refusal, 'Invalid request ID');
  else replyError(response, 403, refusal, `State transition is not allowed while the runtime is ${state}`);
}

export function replyError(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  const body = Buffer.from(JSON.stringify({ errorMessage, errorType }));
  response.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', String(body.length)]);
  response.end(body);
}
