/** Lists the uploads that are under way. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import { ownerOf } from '../../bucket/owner.ts';
import { compareKeys } from '../../listing/key-order.ts';
import { commonPrefixOf } from '../../listing/list-keys.ts';
import type { MultipartUpload } from '../../multipart/multipart-upload.ts';
import type { S3Operation } from '../../s3-call.ts';
import { shownText } from './listed-text.ts';
import { pageLength } from './object-entry.ts';

/** `ListMultipartUploads`. @see Amazon S3 API reference, ListMultipartUploads */
export const listMultipartUploads: S3Operation<'ListMultipartUploads'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker = '', UploadIdMarker = '', EncodingType } = input;
  const show = shownText(EncodingType);
  const max = pageLength(input.MaxUploads, 'max-uploads');
  const groups = new Map<string, MultipartUpload | undefined>();
  for (const upload of inOrder([...bucket.uploads.values()])) {
    if (!upload.key.startsWith(prefix) || !isBehind(upload, KeyMarker, UploadIdMarker)) continue;
    const common = commonPrefixOf(upload.key, prefix, delimiter);
    if (common === undefined) groups.set(`upload ${upload.id}`, upload);
    else if (common !== KeyMarker) groups.set(`prefix ${common}`, undefined);
  }
  const page = [...groups].slice(0, max);
  const last = page.at(-1);
  const uploads = page.flatMap(([, upload]) => upload ?? []);
  const prefixes = page.filter(([, upload]) => upload === undefined).map(([name]) => name.slice('prefix '.length));
  const next =
    last?.[1] === undefined
      ? { NextKeyMarker: show(prefixes.at(-1) ?? '') }
      : { NextKeyMarker: show(last[1].key), NextUploadIdMarker: last[1].id };
  const owner = ownerOf(bucket.owner);
  return {
    Bucket: bucket.name,
    KeyMarker: show(KeyMarker),
    UploadIdMarker,
    MaxUploads: max,
    IsTruncated: max > 0 && groups.size > page.length,
    ...(prefix === '' ? {} : { Prefix: show(prefix) }),
    ...(delimiter === '' ? {} : { Delimiter: show(delimiter) }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(max > 0 && groups.size > page.length ? next : {}),
    Uploads: uploads.map((upload) => ({
      UploadId: upload.id,
      Key: show(upload.key),
      Initiated: dateOf(upload.initiated),
      StorageClass: upload.traits.storageClass as 'STANDARD',
      Owner: owner,
      Initiator: owner,
      ...(upload.isAlgorithmChosen ? { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType } : {}),
    })),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: show(common) })),
  };
};

/** By key, and then by id. */
const inOrder = (uploads: readonly MultipartUpload[]): readonly MultipartUpload[] =>
  uploads.toSorted((a, b) => compareKeys(a.key, b.key) || (a.id < b.id ? -1 : 1));

function isBehind({ key, id }: MultipartUpload, keyMarker: string, uploadMarker: string): boolean {
  if (keyMarker === '') return true;
  const order = compareKeys(key, keyMarker);
  return order > 0 || (order === 0 && uploadMarker !== '' && id > uploadMarker);
}
