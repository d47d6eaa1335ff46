/**
 * An HTTP request as the event of a function URL, payload format version 2.0.
 * Source: Lambda developer guide, "Invoking Lambda function URLs", "Request payload format".
 */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { RequestId } from '../../aws/call.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import { requestTime } from '../../kernel/timestamp.ts';
import type { UrlCaller } from './url-authentication.ts';
import type { UrlTarget } from './url-target.ts';

export interface UrlRequest {
  readonly message: IncomingMessage;
  readonly body: Buffer;
  readonly target: UrlTarget;
  /** Who signed it; nobody where the URL asks for no signature. */
  readonly caller: UrlCaller | undefined;
  readonly domainName: string;
  readonly requestId: RequestId;
  readonly traceHeader: string;
  readonly now: Milliseconds;
}

/** Headers that end at the first hop, or that the event carries elsewhere. */
const notPassedOn = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'expect', 'cookie']);

export function urlEvent(request: UrlRequest): Buffer {
  const { message, domainName, target, caller } = request;
  const url = message.url ?? '/';
  const question = url.indexOf('?');
  const rawPath = question < 0 ? url : url.slice(0, question);
  const rawQueryString = question < 0 ? '' : url.slice(question + 1);
  const sourceIp = plainAddress(message.socket.remoteAddress ?? '127.0.0.1');
  const cookies = message.headers.cookie?.split(/;\s*/).filter((cookie) => cookie !== '');
  const headers = eventHeaders(request, sourceIp);
  return Buffer.from(
    JSON.stringify({
      version: '2.0',
      routeKey: '$default',
      rawPath,
      rawQueryString,
      cookies: cookies?.length ? cookies : undefined,
      headers,
      queryStringParameters: queryParameters(rawQueryString),
      requestContext: {
        accountId: caller?.scope.account ?? 'anonymous',
        apiId: target.urlId,
        ...(caller && { authentication: null, authorizer: { iam: identityOf(caller) } }),
        domainName,
        domainPrefix: domainName.slice(0, domainName.indexOf('.')),
        http: {
          method: message.method,
          path: rawPath,
          protocol: `HTTP/${message.httpVersion}`,
          sourceIp,
          userAgent: message.headers['user-agent'],
        },
        requestId: request.requestId,
        routeKey: '$default',
        stage: '$default',
        time: requestTime(request.now),
        timeEpoch: request.now,
      },
      ...eventBody(request.body, message.headers['content-type']),
    }),
  );
}

const identityOf = ({ accessKeyId, scope, arn, id }: UrlCaller): Record<string, string | null> => ({
  accessKey: accessKeyId,
  accountId: scope.account,
  callerId: id,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: arn,
  userId: id,
});

function eventHeaders({ message, traceHeader }: UrlRequest, sourceIp: string): Record<string, string> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values !== undefined && !notPassedOn.has(name)) headers[name] = values.join(',');
  }
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`;
  headers['x-forwarded-port'] ??= String(message.socket.localPort ?? 80);
  const tls = tlsOf(message.socket);
  headers['x-forwarded-proto'] ??= tls === undefined ? 'http' : 'https';
  if (tls !== undefined) {
    headers['x-amzn-tls-version'] = tls.version;
    headers['x-amzn-tls-cipher-suite'] = tls.cipherSuite;
  }
  headers['x-amzn-trace-id'] = traceHeader;
  return headers;
}

interface Tls {
  readonly version: string;
  readonly cipherSuite: string;
}

/** Of a connection that is encrypted. */
function tlsOf(socket: IncomingMessage['socket']): Tls | undefined {
  // Over HTTP/2 it is only something that stands for the socket.
  const { encrypted, getProtocol, getCipher } = socket as Partial<TLSSocket>;
  if (encrypted !== true || getProtocol === undefined || getCipher === undefined) return undefined;
  return { version: getProtocol.call(socket) ?? '', cipherSuite: getCipher.call(socket).name };
}

/** Absent when there are none; values of a repeated name joined by commas. */
function queryParameters(rawQuery: string): Record<string, string> | undefined {
  if (rawQuery === '') return undefined;
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

interface EventBody {
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

const textual = /^(?:text\/|application\/(?:json|javascript|xml|x-ndjson)\b|[^;]*\+(?:json|xml)\b)/i;

/** AWS decides by the content type, never by the bytes; a form is binary to it. */
function eventBody(body: Buffer, contentType: string | undefined): EventBody {
  if (body.length === 0) return { isBase64Encoded: false };
  if (contentType !== undefined && textual.test(contentType)) {
    return { body: body.toString('utf8'), isBase64Encoded: false };
  }
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** An IPv4 address that arrived on an IPv6 socket, in its own form. */
const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);
