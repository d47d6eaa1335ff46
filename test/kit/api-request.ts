/** A request to the API as bytes on the wire: for what the SDK hides or refuses to send. */

export interface ApiRequest {
  readonly method?: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** What `x-amzn-ErrorType` says. */
  readonly errorType: string | null;
  /** The body as JSON; undefined when it is empty. */
  readonly json: unknown;
}

/** The credential scope is what the daemon reads of a signature. */
export const credential = (account = '000000000000', region = 'us-east-1'): string =>
  `AWS4-HMAC-SHA256 Credential=${account}/20261122/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`;

export async function apiRequest(endpoint: string, request: ApiRequest): Promise<ApiAnswer> {
  const { method = 'GET', path, body, headers, region, account } = request;
  const sent = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const response = await fetch(`${endpoint}${path}`, {
    method,
    headers: { authorization: credential(account, region), ...headers },
    ...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : new Uint8Array(sent) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    errorType: response.headers.get('x-amzn-errortype'),
    json: text === '' ? undefined : JSON.parse(text),
  };
}
