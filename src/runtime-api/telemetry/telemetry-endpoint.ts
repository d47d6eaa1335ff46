/** `PUT /telemetry` and the older `PUT /logs`. Source: Lambda developer guide, "Telemetry API reference", "Logs API reference". */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Extension } from '../extensions/extension.ts';
import type { Extensions } from '../extensions/extensions.ts';
import { callerOf, refuse } from '../extensions/extensions-endpoint.ts';
import { readLimitedBody } from '../limited-body.ts';
import { replyError } from '../runtime-api-reply.ts';
import type { Telemetry } from './telemetry.ts';
import { parseSubscription, type TelemetryApi, type TelemetrySubscription } from './telemetry-subscription.ts';

export interface TelemetryEndpointDeps {
  readonly telemetry: Telemetry;
  readonly extensions: Extensions;
  /** Called for each subscription that was taken, for the log. */
  readonly subscribed: (extension: Extension, state: string, subscription: TelemetrySubscription) => void;
}

const apis: Readonly<Record<string, TelemetryApi>> = {
  '/2022-07-01/telemetry': 'telemetry',
  '/2020-08-15/logs': 'logs',
};

const longestBody = 64 * 1024;

/** Answers a request for a subscription; `false` when it is none. */
export function serveTelemetry(
  deps: TelemetryEndpointDeps,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const api = request.method === 'PUT' ? apis[request.url?.replace(/\/$/, '') ?? ''] : undefined;
  if (api === undefined) return false;
  readLimitedBody(request, longestBody, (read) => {
    const extension = callerOf(deps.extensions, request);
    if (extension instanceof Extension) {
      subscribe(deps, api, extension, read.kind === 'whole' ? read.body : Buffer.alloc(0), response);
    } else refuse(response, extension);
  });
  return true;
}

function subscribe(
  { telemetry, subscribed }: TelemetryEndpointDeps,
  api: TelemetryApi,
  extension: Extension,
  body: Buffer,
  response: ServerResponse,
): void {
  const [prefix, name] = api === 'logs' ? ['Logs.', 'Logs'] : ['', 'Telemetry'];
  const subscription = parseSubscription(api, body);
  if ('length' in subscription) {
    replyError(response, 400, `${prefix}ValidationError`, subscription.join('; '));
    return;
  }
  const answer = telemetry.subscribe(extension.name, subscription);
  switch (answer) {
    case 'closed':
      replyError(response, 403, `${name}.SubscriptionClosed`, `${name} API subscription is closed already`);
      return;
    case 'other-api':
      replyError(response, 400, `${prefix}ValidationError`, 'The extension has subscribed with the other API already');
      return;
    case 'Subscribed':
    case 'Already subscribed':
      subscribed(extension, answer, subscription);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 4 });
      response.end('"OK"');
      return;
  }
}
