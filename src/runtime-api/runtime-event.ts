/** What goes to the runtime and what comes back from it: the vocabulary of the Runtime API. */
import type { RequestId } from '../aws/call.ts';
import type { Bytes, Milliseconds } from '../kernel/quantity.ts';
import type { ResponseStream } from './response-stream.ts';
import type { ReportedError } from './trailer-error.ts';

/** One event for the handler, with what the runtime's headers carry. */
export interface RuntimeEvent {
  readonly requestId: RequestId;
  /** Raw JSON, as the caller sent it. */
  readonly payload: Buffer;
  /** Epoch milliseconds at which the invocation times out. */
  readonly deadline: Milliseconds;
  readonly invokedFunctionArn: string;
  readonly traceHeader: string;
  /** JSON text, not the base64 of the Invoke header. */
  readonly clientContext: string | undefined;
  /** Whose invocation it is, for functions with tenant isolation. */
  readonly tenantId?: string;
  /** Takes the answer as it is written; without one it is kept until it is whole. */
  readonly stream?: ResponseStream;
}

export type RuntimeAnswer =
  | { readonly kind: 'response'; readonly payload: Buffer; readonly contentType: string | undefined }
  /** The answer went into the event's stream; an error came behind what was sent by then. */
  | { readonly kind: 'streamed'; readonly size: Bytes; readonly error: ReportedError | undefined }
  /** The handler failed: the runtime lives on. */
  | { readonly kind: 'error'; readonly payload: Buffer; readonly errorType: string }
  /** More than the limit came; `size` is what was counted. */
  | { readonly kind: 'too-large'; readonly size: Bytes; readonly limit: Bytes }
  /** The connection broke while the answer was streamed: the process has ended, or will be taken for a broken one. */
  | { readonly kind: 'cut-off'; readonly size: Bytes };

/** How the init phase ended, if the runtime itself ended it. */
export type InitAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly payload: Buffer; readonly errorType: string }
  /** A hook that runs after the restore from a snapshot has failed. */
  | { readonly kind: 'restore-error'; readonly errorType: string };
