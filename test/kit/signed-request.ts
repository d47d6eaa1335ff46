/** Signs requests with the signer of AWS's own SDK. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface SigningOptions {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly service?: string;
  readonly region?: string;
  /** Otherwise the machine's clock. */
  readonly signingDate?: Date;
  /** Seconds; makes a pre-signed request, with the signature in the query. */
  readonly expiresIn?: number;
  /** False for S3, whose paths are signed as they are. */
  readonly encodesPathAgain?: boolean;
}

export interface RequestToSign {
  readonly method?: string;
  /** Host header, with its port. */
  readonly host: string;
  /** Percent-encoded, as sent. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What goes over the wire. */
export interface Signed {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export async function signedRequest(given: RequestToSign, options: SigningOptions = {}): Promise<Signed> {
  const { method = 'GET', host, path = '/', query = {}, headers = {}, body } = given;
  const { accessKeyId = 'test', secretAccessKey = 'test', sessionToken, expiresIn } = options;
  const { service = 'lambda', region = 'us-east-1', signingDate = new Date(), encodesPathAgain = true } = options;
  const signer = new SignatureV4({
    service,
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: encodesPathAgain,
  });
  const request = {
    method,
    protocol: 'http:',
    hostname: host,
    path,
    query: { ...query },
    headers: { host, ...headers },
    ...(body === undefined ? {} : { body }),
  };
  const signed =
    expiresIn === undefined
      ? await signer.sign(request, { signingDate })
      : await signer.presign(request, { signingDate, expiresIn });
  return {
    method,
    path: `${path}${queryText(signed.query ?? {})}`,
    headers: signed.headers,
    body: Buffer.from(body ?? ''),
  };
}

function queryText(query: Readonly<Record<string, string | readonly string[] | null>>): string {
  const parts = Object.entries(query).flatMap(([name, held]) => {
    const values = typeof held === 'string' || held === null ? [held ?? ''] : held;
    return values.map((value) => `${encode(name)}=${encode(value)}`);
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

type HashInput = string | ArrayBuffer | ArrayBufferView;

/** The hash that the signer asks for: with a secret it is an HMAC. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: HashInput) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: HashInput): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {}
}

function bytesOf(data: HashInput): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(new Uint8Array(data));
}
