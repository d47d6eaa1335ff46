/** Lambda, as a service that has events for functions sees it: a port, since the companions do not know that room. */

export interface FunctionEvent {
  /** Of a function, a version or an alias. */
  readonly functionArn: string;
  readonly payload: Buffer;
  /** The service in whose name it is invoked, `s3.amazonaws.com` for example. */
  readonly principal: string;
  /** What the event is from. */
  readonly sourceArn: string;
  readonly traceHeader?: string | undefined;
}

/** Delivered: accepted as with 202; it runs, is tried again and reported as every event is. */
export type FunctionDelivery =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'refused';
      readonly reason: 'not-found' | 'not-permitted' | 'unavailable';
      readonly message: string;
    };

export interface FunctionTarget {
  /** Invokes the function asynchronously. Never throws for what the function or its permissions say. */
  deliver(event: FunctionEvent): Promise<FunctionDelivery>;
  /** Whether there is such a function, for services that check it when they are told of it. */
  exists(functionArn: string): boolean;
}
