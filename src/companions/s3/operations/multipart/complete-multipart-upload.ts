/** Makes one object of the parts of an upload. */
import type { ChecksumMembers } from '../../checksum/checksum-algorithm.ts';
import { joined, release } from '../../content/content.ts';
import type { MultipartUpload, UploadedPart } from '../../multipart/multipart-upload.ts';
import { requireUpload } from '../../multipart/require-upload.ts';
import { wholeChecksum, wholeEtag } from '../../multipart/whole-checksum.ts';
import { checksumOutput, quoted } from '../../object/object-output.ts';
import type { ObjectChecksum } from '../../object/object-version.ts';
import { newVersion } from '../../object/store-version.ts';
import { checkWriteConditions, unquoted } from '../../object/write-conditions.ts';
import type { S3Operation } from '../../s3-call.ts';
import {
  badDigest,
  entityTooSmall,
  invalidPart,
  invalidPartOrder,
  invalidRequest,
  malformedXml,
} from '../../s3-error.ts';
import { mostParts, smallestPart } from '../../s3-limits.ts';
import type { S3Input } from '../../s3-types.ts';

type CompleteInput = S3Input<'CompleteMultipartUpload'>;

/**
 * `CompleteMultipartUpload`. An upload that is refused can be completed again.
 * @throws ServiceError NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, PreconditionFailed, BadDigest
 * @see Amazon S3 API reference, CompleteMultipartUpload
 */
export const completeMultipartUpload: S3Operation<'CompleteMultipartUpload'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const upload = requireUpload(bucket, input.Key, input.UploadId);
  const parts = chosenParts(input, upload);
  const checksum = wholeChecksum(upload, parts);
  checkWhole(input, checksum, parts);
  checkWriteConditions(bucket.objects.current(upload.key), upload.key, input);

  bucket.uploads.delete(upload.id);
  const chosen = new Set(parts);
  for (const part of upload.parts.values()) if (!chosen.has(part)) release(part.content);
  const version = newVersion(
    bucket,
    {
      ...upload.traits,
      key: upload.key,
      content: joined(parts.map(({ content }) => content)),
      etag: wholeEtag(parts),
      checksum,
      parts: parts.map(({ number, content, checksum: value }) => ({ number, size: content.size, checksum: value })),
    },
    call,
  );
  call.notifier.created(bucket, 'ObjectCreated:CompleteMultipartUpload', version, call);
  return {
    Location: `${call.origin}/${bucket.name}/${encodeURIComponent(upload.key).replaceAll('%2F', '/')}`,
    Bucket: bucket.name,
    Key: upload.key,
    ETag: quoted(version.etag),
    ...bucket.shownVersion(version.versionId),
    ...version.encryption,
    ...checksumOutput(checksum),
  };
};

function chosenParts(input: CompleteInput, upload: MultipartUpload): readonly UploadedPart[] {
  const named = input.MultipartUpload?.Parts ?? [];
  if (named.length === 0 || named.length > mostParts) throw malformedXml();
  let former = 0;
  const parts = named.map(({ PartNumber: number = 0, ETag: etag = '', ...checksums }) => {
    if (number <= former) throw invalidPartOrder(upload.id);
    former = number;
    const part = upload.parts.get(number);
    if (part === undefined || part.etag !== unquoted(etag)) throw invalidPart(upload.id, number, etag);
    checkPartChecksum(upload, part, checksums as ChecksumMembers);
    return part;
  });
  const small = parts.slice(0, -1).find(({ content }) => content.size < smallestPart);
  if (small !== undefined) throw entityTooSmall(small.content.size, smallestPart, small.number, quoted(small.etag));
  return parts;
}

function checkPartChecksum(upload: MultipartUpload, part: UploadedPart, checksums: ChecksumMembers): void {
  const given = checksums[`Checksum${upload.algorithm}`];
  if (given !== undefined && given !== part.checksum) throw invalidPart(upload.id, part.number, quoted(part.etag));
  if (given !== undefined || !upload.isAlgorithmChosen || upload.checksumType === 'FULL_OBJECT') return;
  throw invalidRequest(
    `The upload was created using a ${upload.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.number} in the request.`,
  );
}

function checkWhole(
  input: CompleteInput,
  { algorithm, type, value }: ObjectChecksum,
  parts: readonly UploadedPart[],
): void {
  const size = parts.reduce((sum, { content }) => sum + content.size, 0);
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
    );
  }
  if (input.ChecksumType !== undefined && input.ChecksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const given = (input as ChecksumMembers)[`Checksum${algorithm}`];
  // A composite one is named with or without the number of parts.
  if (given !== undefined && given !== value && given !== value.replace(/-\d+$/, '')) {
    throw badDigest(algorithm.toLowerCase(), given, value);
  }
}
