/** What GetObject and HeadObject decide alike: which version, whether at all, and which part of it. */
import { dateOf } from '../../../kernel/timestamp.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { checksumMember } from '../checksum/checksum-algorithm.ts';
import type { S3Call } from '../s3-call.ts';
import { invalidPartNumber, invalidRequest, notModified, preconditionFailed } from '../s3-error.ts';
import type { S3Input } from '../s3-types.ts';
import { type ByteRange, byteRange } from './byte-range.ts';
import { findVersion } from './find-version.ts';
import { checksumOutput, objectOutput, quoted } from './object-output.ts';
import type { ObjectVersion } from './object-version.ts';
import { overriddenHeaders } from './overridden-headers.ts';
import { judge } from './read-conditions.ts';

type ReadInput = S3Input<'GetObject'> | S3Input<'HeadObject'>;

export interface ReadObject {
  readonly version: ObjectVersion;
  readonly range: ByteRange;
  readonly output: ReturnType<typeof readOutput>;
}

/** @throws ServiceError NoSuchKey, NoSuchVersion, NotModified, PreconditionFailed, InvalidRange, InvalidPartNumber */
export function readObject(input: ReadInput, call: S3Call, method: 'GET' | 'HEAD'): ReadObject {
  const bucket = call.buckets.require(input.Bucket);
  const version = findVersion(bucket, input.Key, input.VersionId, method);
  checkConditions(input, bucket, version);
  const part = input.PartNumber === undefined ? undefined : partRange(version, input.PartNumber, input.Range);
  const range = part ?? byteRange(input.Range, version.content.size);
  const given = range ?? { start: 0, length: version.content.size };
  return { version, range: given, output: readOutput(input, bucket, version, range) };
}

function readOutput(input: ReadInput, bucket: Bucket, version: ObjectVersion, range: ByteRange | undefined) {
  const { content, parts } = version;
  const { start, length } = range ?? { start: 0, length: content.size };
  const shown =
    range === undefined ? undefined : { ContentRange: `bytes ${start}-${start + length - 1}/${content.size}` };
  return {
    ...objectOutput(bucket, version),
    ...overriddenHeaders(input),
    ...shown,
    ContentLength: length,
    ...(input.PartNumber === undefined || parts === undefined ? {} : { PartsCount: parts.length }),
    ...(input.ChecksumMode === 'ENABLED' ? shownChecksum(version, input.PartNumber, range) : {}),
  };
}

/** There is none of a range that a client chose. */
function shownChecksum(version: ObjectVersion, partNumber: number | undefined, range: ByteRange | undefined) {
  if (range === undefined) return checksumOutput(version.checksum);
  const part = version.parts?.find(({ number }) => number === partNumber);
  if (part !== undefined)
    return { ...checksumMember(version.checksum.algorithm, part.checksum), ChecksumType: version.checksum.type };
  return partNumber === undefined ? {} : checksumOutput(version.checksum);
}

function checkConditions(input: ReadInput, bucket: Bucket, version: ObjectVersion): void {
  const verdict = judge(version, {
    ifMatch: input.IfMatch,
    ifNoneMatch: input.IfNoneMatch,
    ifModifiedSince: input.IfModifiedSince,
    ifUnmodifiedSince: input.IfUnmodifiedSince,
  });
  switch (verdict.kind) {
    case 'holds':
      return;
    case 'failed':
      throw preconditionFailed(verdict.condition);
    case 'not-modified': {
      const { VersionId } = bucket.shownVersion(version.versionId);
      throw notModified({
        etag: quoted(version.etag),
        'last-modified': dateOf(version.lastModified).toUTCString(),
        ...(VersionId === undefined ? {} : { 'x-amz-version-id': VersionId }),
      });
    }
  }
}

/** An object that came as one is its own first part. */
function partRange({ content, parts }: ObjectVersion, number: number, range: string | undefined): ByteRange {
  if (range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  if (parts === undefined) {
    if (number !== 1) throw invalidPartNumber();
    return { start: 0, length: content.size };
  }
  let start = 0;
  for (const [index, { size }] of parts.entries()) {
    if (index + 1 === number) return { start, length: size };
    start += size;
  }
  throw invalidPartNumber();
}
