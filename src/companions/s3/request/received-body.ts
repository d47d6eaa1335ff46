/** Takes a request's content in: out of its chunks, measured, and checked against all that the client says of it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { RequestBody } from '../../../aws/embedded-service.ts';
import { asBuffer } from '../../../aws/protocol/as-buffer.ts';
import { BodyIncomplete } from '../../../aws/request-body.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  type Digest,
  digestLength,
  digestOf,
  isChecksumAlgorithm,
} from '../checksum/checksum-algorithm.ts';
import { contentOf } from '../content/content.ts';
import type { ContentStore } from '../content/content-store.ts';
import type { ReceivedContent } from '../s3-call.ts';
import {
  badDigest,
  entityTooLarge,
  incompleteBody,
  invalidDigest,
  invalidRequest,
  payloadMismatch,
  requestTooLarge,
} from '../s3-error.ts';
import { decodeAwsChunked, isAwsChunked } from './aws-chunked.ts';

/** What was found of a body, when it was read to its end. */
export interface BodyFacts {
  readonly md5: Buffer;
  /** The client's, or the one that S3 computes when the client sends none. */
  readonly checksum: Buffer;
}

/** A body under way: iterate it to its end, then ask. */
export interface CheckedBody {
  readonly algorithm: ChecksumAlgorithm;
  readonly content: AsyncIterable<Buffer>;
  /** @throws ServiceError when the content is not what the client says */
  verify(): BodyFacts;
}

export interface BodyExpectation {
  /** In bytes. */
  readonly limit: number;
  /** To be computed, whichever the client names. */
  readonly algorithm?: ChecksumAlgorithm | undefined;
}

/** What S3 computes where nobody names another. */
const defaultAlgorithm: ChecksumAlgorithm = 'CRC64NVME';

/** @throws ServiceError for headers that contradict each other or are no digests */
export function checkedBody(body: RequestBody, headers: IncomingHttpHeaders, expected: BodyExpectation): CheckedBody {
  const given = givenChecksum(headers);
  const algorithm = expected.algorithm ?? given?.algorithm ?? defaultAlgorithm;
  const contentMd5 = givenMd5(headers);
  const trailers = new Map<string, string>();
  const raw = readable(body.stream());
  const decoded = isAwsChunked(headers) ? decodeAwsChunked(raw, trailers) : raw;
  const sha256 = givenSha256(headers);
  const digests = new Map<ChecksumAlgorithm, Digest>([['MD5', digestOf('MD5')]]);
  for (const name of [algorithm, given?.algorithm, sha256 === undefined ? undefined : ('SHA256' as const)]) {
    if (name !== undefined && !digests.has(name)) digests.set(name, digestOf(name));
  }
  const meter = { size: 0 };
  return {
    algorithm,
    content: measured(decoded, digests, meter, expected.limit),
    verify() {
      const length = headers['x-amz-decoded-content-length'];
      if (isAwsChunked(headers) && length !== undefined && Number(length) !== meter.size) throw incompleteBody();
      const found = new Map([...digests].map(([name, digest]) => [name, digest.digest()]));
      const value = (name: ChecksumAlgorithm): Buffer => found.get(name) ?? Buffer.alloc(0);
      if (contentMd5 !== undefined && !contentMd5.equals(value('MD5'))) {
        throw badDigest('Content-MD5', contentMd5.toString('base64'), value('MD5').toString('base64'));
      }
      if (sha256 !== undefined && value('SHA256').toString('hex') !== sha256) {
        throw payloadMismatch(sha256, value('SHA256').toString('hex'));
      }
      if (given !== undefined) checkClaim(given, trailers, value(given.algorithm).toString('base64'));
      return { md5: value('MD5'), checksum: value(algorithm) };
    },
  };
}

/** What came neither before nor after the content is not asked for. */
function checkClaim({ algorithm, value }: GivenChecksum, trailers: ReadonlyMap<string, string>, found: string): void {
  const claimed = value ?? trailers.get(checksumHeader(algorithm));
  if (claimed !== undefined && claimed !== found) throw badDigest(algorithm, claimed, found);
}

/** The stream stays open when its reader gives up: whoever holds the connection decides what becomes of the rest. */
export async function* readable(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield asBuffer(chunk as Uint8Array);
  } catch (cause) {
    if (cause instanceof ServiceError || cause instanceof BodyIncomplete) throw cause;
    throw new BodyIncomplete('the body broke off', { cause });
  }
}

async function* measured(
  body: AsyncIterable<Buffer>,
  digests: ReadonlyMap<ChecksumAlgorithm, Digest>,
  meter: { size: number },
  limit: number,
): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    meter.size += chunk.length;
    if (meter.size > limit) throw entityTooLarge(meter.size, limit);
    for (const digest of digests.values()) digest.update(chunk);
    yield chunk;
  }
}

interface GivenChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Absent where it comes after the content, or not at all. */
  readonly value: string | undefined;
}

const checksumPrefix = 'x-amz-checksum-';
/** Begin alike, and are no checksums. */
const aboutChecksums = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

function givenChecksum(headers: IncomingHttpHeaders): GivenChecksum | undefined {
  const names = Object.keys(headers).filter((name) => name.startsWith(checksumPrefix) && !aboutChecksums.has(name));
  const [name] = names;
  if (names.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  if (name !== undefined) {
    const algorithm = algorithmNamed(name.slice(checksumPrefix.length));
    const value = String(headers[name]);
    if (Buffer.from(value, 'base64').length !== digestLength[algorithm]) {
      throw invalidRequest(`Value for ${name} header is invalid.`);
    }
    return { algorithm, value };
  }
  const trailer = String(headers['x-amz-trailer'] ?? '').toLowerCase();
  const trailing = trailer.startsWith(checksumPrefix) ? trailer.slice(checksumPrefix.length) : '';
  const asked = trailing === '' ? String(headers['x-amz-sdk-checksum-algorithm'] ?? '') : trailing;
  return asked === '' ? undefined : { algorithm: algorithmNamed(asked), value: undefined };
}

function algorithmNamed(text: string): ChecksumAlgorithm {
  const name = text.toUpperCase();
  if (isChecksumAlgorithm(name)) return name;
  throw invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(', ')}]`,
  );
}

function givenMd5(headers: IncomingHttpHeaders): Buffer | undefined {
  const value = headers['content-md5'];
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 16) throw invalidDigest(value);
  return bytes;
}

/** A body that is signed as one names its digest; others say that it is not signed, or comes in chunks. */
function givenSha256(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['x-amz-content-sha256'];
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

/** Keeps a body as content. @throws ServiceError, BodyIncomplete */
export async function receiveContent(
  store: ContentStore,
  body: RequestBody,
  headers: IncomingHttpHeaders,
  expected: BodyExpectation,
): Promise<ReceivedContent> {
  const checked = checkedBody(body, headers, expected);
  const stored = await store.receive(checked.content);
  try {
    const { md5, checksum } = checked.verify();
    const value = checksum.toString('base64');
    return { content: contentOf(stored), md5, checksum: { algorithm: checked.algorithm, type: 'FULL_OBJECT', value } };
  } catch (error) {
    stored.release();
    throw error;
  }
}

/** Reads a document whole. @throws ServiceError, BodyIncomplete */
export async function receiveDocument(body: RequestBody, headers: IncomingHttpHeaders, limit: number): Promise<Buffer> {
  // What is small needs no other checksum than the client's; MD5 is there anyway.
  const checked = checkedBody(body, headers, { limit, algorithm: 'MD5' });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of checked.content) chunks.push(chunk);
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'EntityTooLarge') throw requestTooLarge(limit);
    throw error;
  }
  checked.verify();
  return Buffer.concat(chunks);
}
