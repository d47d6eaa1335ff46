/** The Extensions API, version 2020-01-01, over HTTP. Source: Lambda developer guide, "Extensions API reference". */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import { readLimitedBody } from '../limited-body.ts';
import { replyAccepted, replyError } from '../runtime-api-reply.ts';
import { type EventDelivery, Extension } from './extension.ts';
import { type ExtensionEvent, type ExtensionEventType, isExtensionEventType } from './extension-event.ts';
import {
  type ExtensionRefusal,
  invalidEventType,
  invalidIdentifier,
  invalidRequestFormat,
  missingErrorType,
  missingIdentifier,
} from './extension-refusal.ts';
import type { Extensions } from './extensions.ts';

export interface ExtensionsEndpointDeps {
  readonly extensions: Extensions;
  readonly version: FunctionVersion;
  readonly newId: () => string;
}

const base = '/2020-01-01/extension/';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an extension registers with, or describes its error with, is short. */
const longestBody = 64 * 1024;

/** Answers a request of an extension; `false` when it is none. */
export function serveExtensions(
  deps: ExtensionsEndpointDeps,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.url?.startsWith(base) !== true) return false;
  switch (`${request.method} ${request.url.slice(base.length)}`) {
    case 'POST register':
      register(deps, request, response);
      return true;
    case 'GET event/next':
      request.resume();
      next(deps, request, response);
      return true;
    case 'POST init/error':
      request.resume();
      reportError(deps, 'init-error', request, response);
      return true;
    case 'POST exit/error':
      request.resume();
      reportError(deps, 'exit-error', request, response);
      return true;
    default:
      return false;
  }
}

function register({ extensions, version }: ExtensionsEndpointDeps, request: IncomingMessage, response: ServerResponse) {
  readLimitedBody(request, longestBody, (read) => {
    const events = read.kind === 'whole' ? eventsIn(read.body) : invalidRequestFormat('The request is too large');
    const extension = 'kind' in events ? events : extensions.register(header(request, 'name') ?? '', events);
    if (!(extension instanceof Extension)) {
      refuse(response, extension);
      return;
    }
    const { functionName, version: functionVersion, handler, scope } = version;
    const withAccount = header(request, 'accept-feature')
      ?.split(',')
      .some((feature) => feature.trim() === 'accountId');
    const body = { functionName, functionVersion, handler, ...(withAccount === true && { accountId: scope.account }) };
    reply(response, body, { 'Lambda-Extension-Identifier': extension.id ?? '' });
  });
}

function next({ extensions, newId }: ExtensionsEndpointDeps, request: IncomingMessage, response: ServerResponse): void {
  const extension = callerOf(extensions, request);
  if (!(extension instanceof Extension)) {
    refuse(response, extension);
    return;
  }
  const delivery: EventDelivery = (event: ExtensionEvent) =>
    reply(response, event, {
      'Lambda-Extension-Identifier': extension.id ?? '',
      'Lambda-Extension-Event-Identifier': newId(),
    });
  // Waits as long as the environment lives; only the end of its connection takes it back.
  response.on('close', () => extension.unpark(delivery));
  const refusal = extensions.next(extension, delivery);
  if (refusal !== undefined) refuse(response, refusal);
}

function reportError(
  { extensions }: ExtensionsEndpointDeps,
  error: 'init-error' | 'exit-error',
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const extension = callerOf(extensions, request);
  const errorType = header(request, 'function-error-type');
  if (!(extension instanceof Extension)) refuse(response, extension);
  else if (errorType === undefined || errorType === '') refuse(response, missingErrorType());
  else {
    const refusal = extensions.report(extension, error, errorType);
    if (refusal !== undefined) refuse(response, refusal);
    else replyAccepted(response);
  }
}

/** The extension that a request comes from. */
export function callerOf(extensions: Extensions, request: IncomingMessage): Extension | ExtensionRefusal {
  const id = header(request, 'identifier');
  if (id === undefined || id === '') return missingIdentifier();
  return uuid.test(id) ? extensions.find(id) : invalidIdentifier();
}

/** The events of a registration; none when it names none. */
function eventsIn(body: Buffer): readonly ExtensionEventType[] | ExtensionRefusal {
  if (body.length === 0) return [];
  let document: unknown;
  try {
    document = JSON.parse(body.toString());
  } catch {
    return invalidRequestFormat('The body is not JSON');
  }
  if (typeof document !== 'object' || document === null) return invalidRequestFormat('The body is not an object');
  const events: unknown = 'events' in document ? (document.events ?? []) : [];
  if (!Array.isArray(events)) return invalidRequestFormat('events is not an array');
  const stranger: unknown = events.find((event) => !isExtensionEventType(event));
  return stranger === undefined ? events.filter(isExtensionEventType) : invalidEventType(JSON.stringify(stranger));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[`lambda-extension-${name}`];
  return typeof value === 'string' ? value : undefined;
}

function reply(response: ServerResponse, document: unknown, headers: Readonly<Record<string, string>>): void {
  const body = Buffer.from(JSON.stringify(document));
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers });
  response.end(body);
}

export function refuse(response: ServerResponse, { status, errorType, errorMessage }: ExtensionRefusal): void {
  replyError(response, status, errorType, errorMessage);
}
