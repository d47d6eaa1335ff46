/**
 * Finds the signature of a request: in its `Authorization` header or, pre-signed, in its query.
 * Source: IAM user guide, "Authentication methods" of Signature Version 4.
 */
import type { Claim } from './claim.ts';
import { SignatureFault } from './signature-fault.ts';
import { rawQueryOf, type SignedRequest } from './signed-request.ts';

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * @returns nothing when the request is not signed at all
 * @throws SignatureFault when a signature is there in part, or cannot be read
 */
export function readClaim(request: SignedRequest): Claim | undefined {
  const [authorization] = request.headers['authorization'] ?? [];
  if (authorization !== undefined) return claimInHeader(authorization, request);
  const query = new URLSearchParams(rawQueryOf(request));
  return query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm') ? claimInQuery(query) : undefined;
}

function claimInHeader(authorization: string, { headers }: SignedRequest): Claim {
  const [given = '', ...rest] = authorization.trim().split(/\s+/);
  if (given !== algorithm) throw incomplete([`Unsupported AWS 'algorithm': '${given}'`]);
  const fields = new Map<string, string>();
  for (const part of rest.join(' ').split(',')) {
    const equals = part.indexOf('=');
    if (equals > 0) fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  const signedAt = headers['x-amz-date']?.[0] ?? headers['date']?.[0];
  if (signedAt === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (signedAt === undefined || missing.length > 0) throw incomplete([...missing, `Authorization=${algorithm}`]);
  return {
    ...credentialOf(fields.get('Credential') ?? ''),
    signedHeaders: namesOf(fields.get('SignedHeaders') ?? ''),
    signature: fields.get('Signature') ?? '',
    signedAt,
    expires: undefined,
    sessionToken: headers['x-amz-security-token']?.[0],
  };
}

function claimInQuery(query: URLSearchParams): Claim {
  const given = query.get('X-Amz-Algorithm') ?? '';
  const missing = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date']
    .map((name) => `X-Amz-${name}`)
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (missing.length > 0) throw incomplete([...missing, 'Re-examine the query-string parameters.']);
  if (given !== algorithm) throw incomplete([`Unsupported AWS 'algorithm': '${given}'`]);
  return {
    ...credentialOf(query.get('X-Amz-Credential') ?? ''),
    signedHeaders: namesOf(query.get('X-Amz-SignedHeaders') ?? ''),
    signature: query.get('X-Amz-Signature') ?? '',
    signedAt: query.get('X-Amz-Date') ?? '',
    expires: query.get('X-Amz-Expires') ?? undefined,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
  };
}

function credentialOf(credential: string): Pick<Claim, 'accessKeyId' | 'scope'> {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (!accessKeyId || parts.length !== 5) {
    throw incomplete([
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    ]);
  }
  return {
    accessKeyId,
    scope: { date: date ?? '', region: region ?? '', service: service ?? '', terminator: terminator ?? '' },
  };
}

const namesOf = (list: string): readonly string[] => list.split(';').map((name) => name.trim().toLowerCase());

const incomplete = (sentences: readonly string[]): SignatureFault =>
  new SignatureFault('IncompleteSignatureException', sentences.join(' '));
