/** Signs requests for AWS anew, with the user's own credentials: what clients sign here is signed for this daemon. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { OwnCredentials } from './own-credentials.ts';

export interface RequestForAws {
  /** As a signature's scope calls the service. */
  readonly signingName: string;
  readonly region: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Absent where the payload is not signed: it comes as a stream. */
  readonly body: Buffer | undefined;
}

export type SignedForAws =
  | { readonly kind: 'signed'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly reason: string };

const domains = /\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)$/;

export const isAwsHost = (hostname: string): boolean => domains.test(hostname);

/** Of the signature that the client made, and of its connection to us. */
const dropped = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'host',
  'content-length',
  'user-agent',
]);

/** The payload is signed piece by piece, in a chain that starts at the client's own signature. */
const signedChunks = /^STREAMING-AWS4-/;

export async function signForAws(request: RequestForAws, credentials: OwnCredentials): Promise<SignedForAws> {
  const own = await credentials();
  if (own === undefined) {
    return {
      kind: 'refused',
      reason:
        'there are no AWS credentials to sign with. Start lambdad with AWS_PROFILE, or with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    };
  }
  const headers = kept(request);
  if (signedChunks.test(headers['x-amz-content-sha256'] ?? '')) {
    return { kind: 'refused', reason: 'the payload is signed in chunks, which cannot be signed anew' };
  }
  // An empty hash would be signed where there is no body to make one of.
  if (request.body === undefined) headers['x-amz-content-sha256'] ??= 'UNSIGNED-PAYLOAD';
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { signingName: service, region, method, url, body } = request;
  const signer = new SignatureV4({
    service,
    region,
    credentials: own,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: queryOf(url),
    headers: { ...headers, host: url.host },
    body,
  });
  return { kind: 'signed', headers: signed.headers };
}

/** As the signer wants it: a digest, or with a secret a keyed one. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function keyOf(secret: string | ArrayBuffer | ArrayBufferView): string | Buffer {
  if (typeof secret === 'string') return secret;
  if (secret instanceof ArrayBuffer) return Buffer.from(secret);
  return Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
}

function kept({ headers, body }: RequestForAws): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || dropped.has(name)) continue;
    // The client hashed the same bytes; without them nobody else can.
    if (name === 'x-amz-content-sha256' && body !== undefined) continue;
    result[name] = value;
  }
  return result;
}

function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
