/** Signs what is passed on to AWS itself, which takes no signature that was made for another host: a port. */
import type { IncomingHttpHeaders } from 'node:http';

export interface UnsignedRequest {
  /** As a signature's scope calls the service. */
  readonly signingName: string;
  readonly region: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Absent where the payload is not signed: it comes as a stream. */
  readonly body: Buffer | undefined;
}

export type Signing =
  | { readonly kind: 'signed'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly reason: string };

export interface RequestSigner {
  /** Whether an endpoint is AWS's own, so that requests for it are to be signed anew. */
  signsFor(endpoint: URL): boolean;
  sign(request: UnsignedRequest): Promise<Signing>;
}
