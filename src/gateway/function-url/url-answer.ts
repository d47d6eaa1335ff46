/**
 * What a function returned, as the HTTP answer of its URL.
 * Source: Lambda developer guide, "Invoking Lambda function URLs", "Response payload format".
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';

export interface UrlHead {
  readonly status: number;
  /** Names and values in turn; a name may come again, as Set-Cookie does. */
  readonly headers: readonly string[];
}

export interface UrlAnswer extends UrlHead {
  readonly body: Buffer;
}

/** What the function returned cannot be an HTTP answer. */
export class InvalidUrlAnswer extends Error {
  override readonly name = 'InvalidUrlAnswer';
}

/** A content type that says: status and headers come first, in JSON, ended by eight NUL bytes. */
export const preludeType = 'application/vnd.awslambda.http-integration-response';
const preludeEnd = Buffer.alloc(8);
const defaultType = ['Content-Type', 'application/json'];

/** Headers that belong to the connection, which is ours. */
const notTakenOver = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'trailer']);

/** @throws InvalidUrlAnswer */
export function urlAnswer(payload: Buffer, contentType: string | undefined): UrlAnswer {
  if (contentType === preludeType) return answerWithPrelude(payload);
  let value: unknown;
  try {
    value = JSON.parse(payload.toString('utf8'));
  } catch {
    // A custom runtime may answer with anything: without a structure it is the body itself.
    return { status: 200, headers: ['Content-Type', contentType ?? 'application/octet-stream'], body: payload };
  }
  if (isRecord(value) && 'statusCode' in value) return structuredAnswer(value);
  if (typeof value === 'string') return { status: 200, headers: defaultType, body: Buffer.from(value) };
  return { status: 200, headers: defaultType, body: compactJson(value) };
}

function answerWithPrelude(payload: Buffer): UrlAnswer {
  const split = splitPrelude(payload);
  if (split === undefined) throw new InvalidUrlAnswer('the prelude has no end');
  return { ...split.head, body: split.body };
}

/**
 * The status and headers before eight NUL bytes, and what is behind these; nothing while the NUL bytes are not there.
 * @throws InvalidUrlAnswer
 */
export function splitPrelude(payload: Buffer): { readonly head: UrlHead; readonly body: Buffer } | undefined {
  const end = payload.indexOf(preludeEnd);
  if (end < 0) return undefined;
  let prelude: unknown;
  try {
    prelude = JSON.parse(payload.subarray(0, end).toString('utf8'));
  } catch {
    throw new InvalidUrlAnswer('the prelude is not JSON');
  }
  if (!isRecord(prelude)) throw new InvalidUrlAnswer('the prelude is not an object');
  const head = structuredHead({ statusCode: 200, ...prelude }, listedValues);
  return { head, body: payload.subarray(end + preludeEnd.length) };
}

/** @throws InvalidUrlAnswer for header names and values that HTTP does not allow */
export function checkedUrlHead<Head extends UrlHead>(head: Head): Head {
  for (let at = 0; at < head.headers.length; at += 2) {
    const name = head.headers[at] ?? '';
    try {
      validateHeaderName(name);
      validateHeaderValue(name, head.headers[at + 1] ?? '');
    } catch {
      throw new InvalidUrlAnswer(`the header ${JSON.stringify(name)} is not allowed in HTTP`);
    }
  }
  return head;
}

const structuredAnswer = (value: Record<string, unknown>): UrlAnswer => ({
  ...structuredHead(value, (held) => [headerValue(held)]),
  body: bodyOf(value['body'], value['isBase64Encoded'] === true),
});

function structuredHead(value: Record<string, unknown>, valuesOf: (held: unknown) => readonly string[]): UrlHead {
  const given = value['statusCode'];
  const status = typeof given === 'number' || typeof given === 'string' ? Number(given) : Number.NaN;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new InvalidUrlAnswer('statusCode is not a status of HTTP, 200 to 599');
  }
  const headers: string[] = [];
  let typed = false;
  for (const [name, held] of Object.entries(recordOrEmpty(value['headers'], 'headers'))) {
    const lower = name.toLowerCase();
    if (notTakenOver.has(lower) || held === null || held === undefined) continue;
    typed ||= lower === 'content-type';
    for (const text of valuesOf(held)) headers.push(name, text);
  }
  if (!typed) headers.push(...defaultType);
  for (const cookie of listOrEmpty(value['cookies'])) headers.push('Set-Cookie', headerValue(cookie));
  return { status, headers };
}

function bodyOf(body: unknown, isBase64: boolean): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') return compactJson(body);
  return Buffer.from(body, isBase64 ? 'base64' : 'utf8');
}

/** The parser takes any depth, the writer does not. */
function compactJson(value: unknown): Buffer {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    throw new InvalidUrlAnswer('its JSON is nested too deeply');
  }
}

/** Runtime clients write a header that comes more than once as a list, in preludes only. */
const listedValues = (held: unknown): readonly string[] =>
  Array.isArray(held) ? held.map(headerValue) : [headerValue(held)];

function headerValue(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new InvalidUrlAnswer('a header is not a string');
}

function recordOrEmpty(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw new InvalidUrlAnswer(`${what} is not an object`);
}

function listOrEmpty(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new InvalidUrlAnswer('cookies is not a list');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
