/** Says of an object what a reader asks for by name. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import { checksumMember } from '../../checksum/checksum-algorithm.ts';
import { findVersion } from '../../object/find-version.ts';
import { checksumOutput } from '../../object/object-output.ts';
import type { ObjectVersion } from '../../object/object-version.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';
import type { S3Input } from '../../s3-types.ts';

type AttributesInput = S3Input<'GetObjectAttributes'>;

const known = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const mostParts = 1000;

/**
 * `GetObjectAttributes`.
 * @see Amazon S3 API reference, GetObjectAttributes
 */
export const getObjectAttributes: S3Operation<'GetObjectAttributes'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const asked = input.ObjectAttributes ?? [];
  const wrong = asked.find((name) => !known.includes(name));
  if (asked.length === 0 || wrong !== undefined) {
    throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', wrong ?? '');
  }
  const version = findVersion(bucket, input.Key, input.VersionId);
  const has = (name: (typeof asked)[number]): boolean => asked.includes(name);
  return {
    ...bucket.shownVersion(version.versionId),
    LastModified: dateOf(version.lastModified),
    ...(has('ETag') ? { ETag: version.etag } : {}),
    ...(has('Checksum') ? { Checksum: checksumOutput(version.checksum) } : {}),
    ...(has('ObjectParts') && version.parts !== undefined
      ? { ObjectParts: partsOutput(input, version, version.parts) }
      : {}),
    ...(has('StorageClass') ? { StorageClass: version.storageClass as 'STANDARD' } : {}),
    ...(has('ObjectSize') ? { ObjectSize: version.content.size } : {}),
  };
};

function partsOutput(input: AttributesInput, { checksum }: ObjectVersion, parts: NonNullable<ObjectVersion['parts']>) {
  const marker = Number(input.PartNumberMarker ?? 0) || 0;
  const maxParts = Math.min(input.MaxParts ?? mostParts, mostParts);
  const rest = parts.filter(({ number }) => number > marker);
  const page = rest.slice(0, maxParts);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.number ?? marker),
    MaxParts: maxParts,
    IsTruncated: rest.length > page.length,
    Parts: page.map(({ number, size, checksum: value }) => ({
      PartNumber: number,
      Size: size,
      ...checksumMember(checksum.algorithm, value),
    })),
  };
}
