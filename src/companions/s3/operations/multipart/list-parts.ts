/** Lists the parts that have come of an upload. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import { ownerOf } from '../../bucket/owner.ts';
import { checksumMember } from '../../checksum/checksum-algorithm.ts';
import { requireUpload } from '../../multipart/require-upload.ts';
import { quoted } from '../../object/object-output.ts';
import type { S3Operation } from '../../s3-call.ts';
import { pageLength } from '../listing/object-entry.ts';

/** `ListParts`. @throws ServiceError NoSuchUpload. @see Amazon S3 API reference, ListParts */
export const listParts: S3Operation<'ListParts'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const upload = requireUpload(bucket, input.Key, input.UploadId);
  const max = pageLength(input.MaxParts, 'max-parts');
  const marker = Number(input.PartNumberMarker ?? 0) || 0;
  const rest = [...upload.parts.values()]
    .filter(({ number }) => number > marker)
    .toSorted((a, b) => a.number - b.number);
  const page = rest.slice(0, max);
  const owner = ownerOf(bucket.owner);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: rest.length > page.length,
    Parts: page.map((part) => ({
      PartNumber: part.number,
      LastModified: dateOf(part.lastModified),
      ETag: quoted(part.etag),
      Size: part.content.size,
      ...checksumMember(upload.algorithm, part.checksum),
    })),
    Initiator: owner,
    Owner: owner,
    StorageClass: upload.traits.storageClass as 'STANDARD',
    ...(upload.isAlgorithmChosen ? { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType } : {}),
  };
};
