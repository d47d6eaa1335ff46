/** What the edge of function URLs needs from the rooms behind it, as values. */
import type { RequestId } from '../../aws/call.ts';
import type { Scope } from '../../aws/scope.ts';

/** Whom a URL names. */
export interface UrlTarget {
  readonly urlId: string;
  readonly scope: Scope;
  readonly functionName: string;
  /** An alias, or none for `$LATEST`. */
  readonly qualifier: string | undefined;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  /** Absent: CORS is the function's own affair. */
  readonly cors: UrlCors | undefined;
}

/** @see AWS Lambda API reference, Cors */
export interface UrlCors {
  readonly AllowCredentials?: boolean | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  /** Seconds. */
  readonly MaxAge?: number | undefined;
}

export type UrlDirectory = (urlId: string, region: string) => UrlTarget | undefined;

/**
 * Whether the function's policies let the caller use the URL.
 * @param signer Who signed the request; nobody where the URL asks for no signature.
 */
export type UrlPermission = (target: UrlTarget, signer: Scope | undefined) => boolean;

export interface UrlInvocation {
  readonly target: UrlTarget;
  readonly requestId: RequestId;
  /** The event, payload format version 2.0. */
  readonly payload: Buffer;
  readonly traceHeader: string | undefined;
  /** Takes the answer while the function writes it. */
  readonly stream?: UrlStream;
}

/** Takes an answer while the function writes it. */
export interface UrlStream {
  begin(contentType: string | undefined): void;
  /** @returns what to wait for before more is written, when the caller is slow */
  write(chunk: Buffer): Promise<void> | undefined;
}

export type UrlOutcome =
  | {
      readonly kind: 'answered';
      readonly result: 'succeeded' | 'failed';
      readonly payload: Buffer;
      readonly contentType: string | undefined;
    }
  | { readonly kind: 'throttled' | 'not-restored' }
  | { readonly kind: 'stopped' };

/** @throws ServiceError when the function is gone or not Active. */
export type UrlInvoker = (invocation: UrlInvocation) => Promise<UrlOutcome>;
