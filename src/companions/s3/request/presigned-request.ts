/**
 * Requests whose signature is in their query: whether they are still good, and the headers that stand there with it.
 * @see Amazon S3 API reference, "Authenticating requests: using query parameters"
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseBasicTimestamp } from '../../../kernel/basic-timestamp.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import { isoTimestamp } from '../../../kernel/timestamp.ts';
import { accessDenied, authorizationQueryParameters } from '../s3-error.ts';
import { headerText } from './header-text.ts';

/** A week, in seconds. */
const longest = 604_800;

/** @throws ServiceError AccessDenied, AuthorizationQueryParametersError */
export function checkNotExpired(query: URLSearchParams, now: Milliseconds): void {
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Expires')) checkVersion4(query, now);
  else if (query.has('Signature') && query.has('Expires')) checkVersion2(query.get('Expires') ?? '', now);
}

function checkVersion4(query: URLSearchParams, now: Milliseconds): void {
  const expires = query.get('X-Amz-Expires');
  const signedAt = parseBasicTimestamp(query.get('X-Amz-Date') ?? '');
  if (expires === null || signedAt === undefined || !query.has('X-Amz-Credential')) {
    throw authorizationQueryParameters(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  if (!/^-?\d+$/.test(expires)) throw authorizationQueryParameters('X-Amz-Expires should be a number');
  if (expires.startsWith('-')) throw authorizationQueryParameters('X-Amz-Expires must be non-negative');
  if (Number(expires) > longest) {
    throw authorizationQueryParameters(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  const end = milliseconds(signedAt + Number(expires) * 1000);
  if (now <= end) return;
  throw accessDenied('Request has expired', {
    'X-Amz-Expires': expires,
    Expires: seconds(end),
    ServerTime: seconds(now),
  });
}

/** The older form, which the AWS CLI still makes. */
function checkVersion2(expires: string, now: Milliseconds): void {
  const end = milliseconds(Number(expires) * 1000);
  if (!/^\d{1,11}$/.test(expires)) {
    throw accessDenied('Invalid date (should be seconds since epoch): '.concat(expires));
  }
  if (now > end) throw accessDenied('Request has expired', { Expires: seconds(end), ServerTime: seconds(now) });
}

const seconds = (time: Milliseconds): string => isoTimestamp(time).replace(/\.\d+Z$/, 'Z');

/** Of the signature itself. */
const ofTheSignature = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signature',
  'x-amz-signedheaders',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-user-agent',
  'x-amz-sdk-checksum-algorithm',
]);

/**
 * A pre-signed URL has in its query what else would be a header. Checksums there are not taken: SDKs compute them of the
 * empty body that they sign, and S3 passes over them.
 */
export function withQueryHeaders(headers: IncomingHttpHeaders, query: URLSearchParams): IncomingHttpHeaders {
  if (!query.has('X-Amz-Signature')) return headers;
  const all: IncomingHttpHeaders = { ...headers };
  for (const [name, value] of query) {
    const header = name.toLowerCase();
    if (!header.startsWith('x-amz-') || header.startsWith('x-amz-checksum-') || ofTheSignature.has(header)) continue;
    all[header] ??= headerText(value);
  }
  return all;
}
