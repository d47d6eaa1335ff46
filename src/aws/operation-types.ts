/** How the types that the SDK gives its callers become the types that a server's operation sees. */

/**
 * What an operation receives: decoded and validated. Members that the model requires are present, blobs are Buffers,
 * everything is read-only.
 */
export type OperationInput<T> = T extends unknown ? Wire<T, Buffer> : never;

/** What an operation answers: the SDK's output without the client's own metadata; any byte array serves as a blob. */
export type OperationOutput<T> = T extends unknown ? Wire<Omit<T, '$metadata'>, Uint8Array> : never;

type Scalar = string | number | boolean | bigint | null | undefined | Date;

/** What the SDK takes as a blob in many forms (string, buffer, stream) is one form here. */
type Wire<T, Blob> = unknown extends T
  ? T
  : [Extract<T, Uint8Array>] extends [never]
    ? Member<T, Blob>
    : Blob | Extract<T, undefined>;

type Member<T, Blob> = T extends Scalar
  ? T
  : T extends AsyncIterable<infer Event>
    ? AsyncIterable<Wire<Event, Blob>>
    : T extends readonly (infer Item)[]
      ? readonly Wire<Item, Blob>[]
      : { readonly [K in keyof T]: Wire<IsOptional<T, K> extends true ? T[K] : NonNullable<T[K]>, Blob> };

/** The SDK writes a required member as `name: X | undefined`, an optional one as `name?: X | undefined`. */
type IsOptional<T, K extends keyof T> = object extends Pick<T, K> ? true : false;
