/** Talks to a running daemon over HTTP; says in one sentence when there is none. */
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { CommandFailure } from './command-failure.ts';

export interface DaemonRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query, as sent. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

export interface DaemonResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Nothing answers at the endpoint, or no more. */
export class DaemonUnreachable extends CommandFailure {}

/** @throws DaemonUnreachable when nothing answers at the endpoint. */
export async function callDaemon(endpoint: URL, request: DaemonRequest): Promise<DaemonResponse> {
  const response = await openDaemon(endpoint, request);
  try {
    return { status: response.statusCode ?? 0, headers: response.headers, body: await readBody(response) };
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new DaemonUnreachable(unreachableSentence(endpoint, error), undefined, error);
  }
}

/**
 * The same, for an answer that is read as it comes.
 * @throws DaemonUnreachable
 */
export async function openDaemon(endpoint: URL, request: DaemonRequest): Promise<IncomingMessage> {
  try {
    return await send(endpoint, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new DaemonUnreachable(unreachableSentence(endpoint, error), undefined, error);
  }
}

export async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Reads one of the daemon's own JSON endpoints under `/_lambdad`.
 * @throws CommandFailure when nothing answers, or something else than lambdad does.
 */
export async function readDaemon(endpoint: URL, path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await callDaemon(endpoint, { path, ...(signal === undefined ? {} : { signal }) });
  if (response.status === 200) {
    try {
      return JSON.parse(response.body.toString());
    } catch {
      // Falls through: what is not JSON did not come from lambdad.
    }
  }
  throw new CommandFailure(
    `what answers at ${endpoint.origin} is not a lambdad daemon of this version (${path} gave status ${response.status})`,
  );
}

async function send(
  endpoint: URL,
  { method = 'GET', path, headers, body, signal }: DaemonRequest,
): Promise<IncomingMessage> {
  const { request } = endpoint.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const options: RequestOptions = {
    method,
    agent: false,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.byteLength }) },
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve, reject) => {
    request(new URL(path, endpoint), options, resolve).on('error', reject).end(body);
  });
}

function unreachableSentence(endpoint: URL, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ECONNREFUSED':
      return `no daemon answers at ${endpoint.origin}: start one with "lambdad start", or name another with --endpoint`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name ${endpoint.hostname} does not resolve here: use http://127.0.0.1 with the port, or see "lambdad doctor"`;
    default:
      return `the daemon at ${endpoint.origin} cannot be reached: ${error instanceof Error ? error.message || code : String(error)}`;
  }
}
