/**
 * The one form of a request that both sides sign.
 * Source: IAM user guide, "Create a signed AWS API request", step 1.
 */
import { decodeQueryPart, encodeBytes } from './percent-encoding.ts';
import { pathOf, rawQueryOf, type SignedRequest } from './signed-request.ts';

/** How a service reads paths. S3 takes each as it is; every other service normalises it and encodes it once more. */
export type PathRule = 'encoded-again' | 'as-sent';

export interface CanonicalRequestInput {
  readonly request: SignedRequest;
  /** In lower case, in the order of the signature. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  readonly pathRule: PathRule;
}

/** One character per byte. */
export function canonicalRequest({ request, signedHeaders, payloadHash, pathRule }: CanonicalRequestInput): string {
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(valuesOf(request, name))}\n`);
  return [
    request.method.toUpperCase(),
    canonicalPath(pathOf(request), pathRule),
    canonicalQuery(rawQueryOf(request)),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** The names come from the client: they may be those of an object's own methods. */
const valuesOf = ({ headers }: SignedRequest, name: string): readonly string[] =>
  (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? [];

/** Runs of spaces count as one; values of a repeated header are joined by commas. */
const canonicalValue = (values: readonly string[]): string =>
  values.map((value) => value.trim().replace(/\s+/g, ' ')).join(',');

function canonicalPath(path: string, rule: PathRule): string {
  if (rule === 'as-sent') return path;
  return encodeBytes(Buffer.from(normalPath(path), 'latin1'), '/');
}

/** Without empty segments, `.` and `..`. */
function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

/** The signature of a pre-signed request is not part of what it signs. */
const signatureParameter = 'X-Amz-Signature';

function canonicalQuery(rawQuery: string): string {
  const parameters = rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      const value = equals < 0 ? '' : part.slice(equals + 1);
      return { name: encodeBytes(decodeQueryPart(name)), value: encodeBytes(decodeQueryPart(value)) };
    });
  return parameters
    .filter(({ name }) => name !== signatureParameter)
    .sort((a, b) => order(a.name, b.name) || order(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
