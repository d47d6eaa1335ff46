/** S3 as the daemon sees it: address → recognise → decode → check → run → encode, with bodies as streams. */
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { RequestId } from '../../aws/call.ts';
import type { EmbeddedService, IncomingServiceRequest, RequestBody } from '../../aws/embedded-service.ts';
import { s3 } from '../../aws/generated/s3.ts';
import type { EncodedResponse } from '../../aws/protocol/encoded-response.ts';
import { compileRestXml } from '../../aws/protocol/rest-xml/rest-xml-service.ts';
import { MalformedXml } from '../../aws/protocol/xml/parse-xml.ts';
import { BodyIncomplete } from '../../aws/request-body.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { requestScope } from '../../aws/sigv4-scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Random } from '../../kernel/random.ts';
import { accessKeyIdOf, originOf } from '../request-facts.ts';
import type { BucketStore } from './bucket/bucket-store.ts';
import type { ContentStore } from './content/content-store.ts';
import type { Notifier } from './notification/notifier.ts';
import { checkKey } from './object/object-key.ts';
import { postObject } from './operations/object/post-object.ts';
import { checkInput } from './request/check-input.ts';
import { crossOriginHeaders, preflightHeaders } from './request/cross-origin.ts';
import { sendable } from './request/header-text.ts';
import { type ObjectAddress, objectAddress } from './request/object-address.ts';
import { formBoundary, readPostForm } from './request/post-form.ts';
import { checkNotExpired, withQueryHeaders } from './request/presigned-request.ts';
import { readableHeaders } from './request/readable-headers.ts';
import { readable, receiveContent, receiveDocument } from './request/received-body.ts';
import { subResourceOf } from './request/sub-resource.ts';
import { encodeOutput, encodeS3Error, s3Namespace } from './s3-answer.ts';
import type { S3Call } from './s3-call.ts';
import { accessDenied, invalidArgument, malformedXml, methodNotAllowed, notImplemented } from './s3-error.ts';
import { largestDocument } from './s3-limits.ts';
import { s3Operations } from './s3-operations.ts';

export interface S3ServiceDeps {
  readonly buckets: BucketStore;
  readonly contents: ContentStore;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly publicOrigin: () => string;
  /** Ends what the service holds. */
  readonly close: () => Promise<void>;
}

/** One request, as far as it is read. */
interface Reading {
  readonly incoming: IncomingServiceRequest;
  readonly requestId: string;
  readonly hostId: string;
}

type AnyOperation = (input: never, call: S3Call) => unknown;

export class S3Service implements EmbeddedService {
  readonly #deps: S3ServiceDeps;
  readonly #codec = compileRestXml(s3, s3Namespace);

  constructor(deps: S3ServiceDeps) {
    this.#deps = deps;
  }

  async answer(incoming: IncomingServiceRequest): Promise<EncodedResponse> {
    const { random } = this.#deps;
    const requestId = random.hex(8).toUpperCase();
    const hostId = Buffer.from(random.hex(56), 'hex').toString('base64');
    const answer = await this.#answer({ incoming, requestId, hostId });
    const identity = { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId, server: 'AmazonS3' };
    return { ...answer, headers: sendable({ ...identity, ...answer.headers }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deps.close();
  }

  async #answer(reading: Reading): Promise<EncodedResponse> {
    const { method, path, headers } = reading.incoming;
    let crossOrigin: Readonly<Record<string, string>> = {};
    try {
      const address = objectAddress(path, headers);
      const bucket = address.bucket === undefined ? undefined : this.#deps.buckets.find(address.bucket);
      if (method === 'OPTIONS') {
        const resource = address.key === undefined ? 'BUCKET' : 'OBJECT';
        return { status: 200, headers: preflightHeaders(bucket, headers, resource), body: undefined };
      }
      crossOrigin = crossOriginHeaders(bucket, method, headers);
      const answer = await this.#run(reading, address);
      return { ...answer, headers: { ...answer.headers, ...crossOrigin } };
    } catch (error) {
      if (error instanceof BodyIncomplete) throw error;
      const { requestId, hostId } = reading;
      const place = { requestId, hostId, isHead: method === 'HEAD', path };
      const answer = encodeS3Error(this.#serviceError(error, reading), place);
      return { ...answer, headers: { ...answer.headers, ...crossOrigin } };
    }
  }

  async #run(reading: Reading, address: ObjectAddress): Promise<EncodedResponse> {
    const { incoming } = reading;
    const query = new URLSearchParams(incoming.rawQuery);
    checkNotExpired(query, this.#deps.clock.now());
    const headers = readableHeaders(withQueryHeaders(incoming.headers, query));
    const boundary = formBoundary(incoming.headers['content-type']);
    if (
      incoming.method === 'POST' &&
      address.bucket !== undefined &&
      address.key === undefined &&
      boundary !== undefined
    ) {
      return await this.#post(reading, address.bucket, boundary);
    }
    const operation = this.#operationOf(incoming.method, address, query, headers);
    if (address.key !== undefined) checkKey(address.key);
    const call = this.#call(reading, headers);
    const input = await this.#input(operation, reading, address, headers);
    this.#checkOwner(input);
    // The table says which input an operation takes, and the codec gave it that shape.
    const run = s3Operations[operation] as AnyOperation;
    return encodeOutput(this.#codec, operation, await run(input as never, call));
  }

  /** A form has in its fields what other requests have in their headers. */
  async #post(reading: Reading, bucket: string, boundary: string): Promise<EncodedResponse> {
    const form = await readPostForm(readable(reading.incoming.body.stream()), boundary);
    const headers = readableHeaders(Object.fromEntries(form.fields));
    const file: RequestBody = { whole: unread, stream: () => Readable.from(form.file) };
    const receive = (limit: number) => receiveContent(this.#deps.contents, file, headers, { limit });
    return await postObject(bucket, form, receive, this.#call(reading, headers));
  }

  #operationOf(
    method: string,
    { bucket, key }: ObjectAddress,
    query: URLSearchParams,
    headers: IncomingHttpHeaders,
  ): keyof typeof s3Operations {
    const labels = [...(bucket === undefined ? [] : ['Bucket']), ...(key === undefined ? [] : ['Key'])];
    const operation = this.#codec.operationOf({ method, labels, query, headers });
    const subResource = subResourceOf(query);
    const uri = operation === undefined ? '' : (s3.operations[operation]?.uri ?? '');
    const isMeant = subResource === undefined || parametersOf(uri).has(subResource);
    if (operation !== undefined && isMeant) return operation as keyof typeof s3Operations;
    const isKnown = subResource !== undefined && (operation !== undefined || !isServed(subResource));
    if (isKnown) throw notImplemented(`${method} ?${subResource}`);
    throw methodNotAllowed(method, key === undefined ? (bucket === undefined ? 'SERVICE' : 'BUCKET') : 'OBJECT');
  }

  async #input(
    operation: keyof typeof s3Operations,
    { incoming }: Reading,
    { bucket = '', key = '' }: ObjectAddress,
    headers: IncomingHttpHeaders,
  ): Promise<Readonly<Record<string, unknown>>> {
    const hasDocument = incoming.method !== 'GET' && incoming.method !== 'HEAD' && !this.#codec.takesStream(operation);
    const body = hasDocument
      ? await receiveDocument(incoming.body, documentHeaders(operation, incoming.headers), largestDocument)
      : nothing;
    try {
      const labels = { Bucket: bucket, Key: key };
      const input = this.#codec.decode(operation, { labels, rawQuery: incoming.rawQuery, headers, body });
      const structure = s3.operations[operation]?.input;
      if (structure !== undefined) checkInput(s3, structure, input);
      return input;
    } catch (error) {
      if (error instanceof MalformedXml) throw malformedXml(error);
      if (!(error instanceof ServiceError) || error.code !== 'SerializationException') throw error;
      throw body.length > 0 ? malformedXml(error) : invalidArgument(error.message, 'query', incoming.rawQuery);
    }
  }

  #call({ incoming, requestId, hostId }: Reading, headers: IncomingHttpHeaders): S3Call {
    const { buckets, notifier, clock, random, contents, publicOrigin } = this.#deps;
    const { authorization, 'x-amzn-trace-id': trace } = incoming.headers;
    return {
      scope: requestScope(authorization, incoming.rawQuery),
      requestId: requestId as RequestId,
      hostId,
      signal: incoming.signal,
      traceHeader: typeof trace === 'string' ? trace : undefined,
      origin: originOf(incoming.headers) ?? publicOrigin(),
      accessKeyId: accessKeyIdOf(authorization, incoming.rawQuery),
      isInProcess: incoming.isInProcess === true,
      buckets,
      notifier,
      clock,
      random,
      headers,
      receive: (limit, algorithm) => receiveContent(contents, incoming.body, headers, { limit, algorithm }),
    };
  }

  /** A client may say whose bucket it takes one for. */
  #checkOwner({ Bucket: name, ExpectedBucketOwner: owner }: Readonly<Record<string, unknown>>): void {
    if (owner === undefined) return;
    const bucket = this.#deps.buckets.find(String(name));
    if (bucket !== undefined && bucket.owner !== owner) throw accessDenied();
  }

  #serviceError(error: unknown, { incoming, requestId }: Reading): ServiceError {
    if (error instanceof ServiceError) return error;
    this.#deps.logger.error(`${incoming.method} of S3 failed, and it is the daemon's fault`, { requestId, error });
    const text = `We encountered an internal error. The daemon's log has it under ${requestId}.`;
    return new ServiceError('InternalError', text, { status: 500, cause: error });
  }
}

const nothing = Buffer.alloc(0);

/** The checksum that a client sends when it completes an object is the object's, not that of the list of its parts. */
function documentHeaders(operation: string, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (operation !== 'CompleteMultipartUpload') return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')));
}

const parametersOf = (uri: string): URLSearchParams => new URLSearchParams(uri.split('?', 2)[1]);

/** By any method. */
const isServed = (subResource: string): boolean =>
  Object.values(s3.operations).some(({ uri }) => parametersOf(uri).has(subResource));

const unread = (): never => {
  throw new Error('the file of a form is a stream');
};
