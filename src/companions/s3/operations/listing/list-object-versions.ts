/** Lists the versions of objects, delete markers among them. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import { ownerOf } from '../../bucket/owner.ts';
import { keyPosition, positionBehindPrefix } from '../../listing/key-order.ts';
import { commonPrefixOf } from '../../listing/list-keys.ts';
import type { KeyVersion } from '../../object/object-version.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';
import { type ShowText, shownText } from './listed-text.ts';
import { objectEntry, pageLength } from './object-entry.ts';

/** `ListObjectVersions`. @throws ServiceError InvalidArgument. @see Amazon S3 API reference, ListObjectVersions */
export const listObjectVersions: S3Operation<'ListObjectVersions'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '', EncodingType } = input;
  const { VersionIdMarker: versionMarker = '' } = input;
  if (versionMarker !== '' && keyMarker === '') {
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      'version-id-marker',
      versionMarker,
    );
  }
  const maxKeys = pageLength(input.MaxKeys, 'max-keys');
  const show = shownText(EncodingType);
  const page = pageOf(bucket, { prefix, delimiter, keyMarker, versionMarker, maxKeys });
  const entry = (version: KeyVersion) => versionEntry(bucket, version, show);
  return {
    Name: bucket.name,
    Prefix: show(prefix),
    KeyMarker: show(keyMarker),
    VersionIdMarker: versionMarker,
    MaxKeys: maxKeys,
    IsTruncated: page.next !== undefined,
    ...(delimiter === '' ? {} : { Delimiter: show(delimiter) }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(page.next === undefined ? {} : { NextKeyMarker: show(page.next.key) }),
    ...(page.next?.versionId === undefined ? {} : { NextVersionIdMarker: page.next.versionId }),
    Versions: page.versions.filter(({ kind }) => kind === 'object').map(entry),
    DeleteMarkers: page.versions.filter(({ kind }) => kind === 'delete-marker').map(entry),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: show(common) })),
  };
};

interface VersionsRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string;
  readonly versionMarker: string;
  readonly maxKeys: number;
}

interface VersionsPage {
  readonly versions: readonly KeyVersion[];
  readonly commonPrefixes: readonly string[];
  /** What was listed last, when there is more. */
  readonly next: { readonly key: string; readonly versionId: string | undefined } | undefined;
}

function pageOf({ objects }: Bucket, request: VersionsRequest): VersionsPage {
  const { prefix, delimiter, maxKeys, keyMarker, versionMarker } = request;
  const { keys } = objects;
  const versions: KeyVersion[] = [];
  const commonPrefixes: string[] = [];
  let last: VersionsPage['next'];
  if (maxKeys === 0) return { versions, commonPrefixes, next: undefined };
  let position = Math.max(keyPosition(keys, prefix), firstPosition(keys, request));
  for (; position < keys.length; ) {
    const key = keys[position] ?? '';
    if (!key.startsWith(prefix)) break;
    const common = commonPrefixOf(key, prefix, delimiter);
    const listed = common === undefined ? objects.versionsOf(key) : [];
    const rest = key === keyMarker ? behind(listed, versionMarker) : listed;
    for (const version of rest) {
      if (versions.length + commonPrefixes.length === maxKeys) return { versions, commonPrefixes, next: last };
      versions.push(version);
      last = { key, versionId: version.versionId };
    }
    if (common === undefined) {
      position++;
      continue;
    }
    if (versions.length + commonPrefixes.length === maxKeys) return { versions, commonPrefixes, next: last };
    commonPrefixes.push(common);
    last = { key: common, versionId: undefined };
    position = positionBehindPrefix(keys, common, position);
  }
  return { versions, commonPrefixes, next: undefined };
}

/** A marker alone stands behind all versions of its key. */
function firstPosition(
  keys: readonly string[],
  { prefix, delimiter, keyMarker, versionMarker }: VersionsRequest,
): number {
  if (keyMarker === '') return 0;
  if (commonPrefixOf(keyMarker, prefix, delimiter) === keyMarker) {
    return positionBehindPrefix(keys, keyMarker, keyPosition(keys, keyMarker));
  }
  return keyPosition(keys, keyMarker, versionMarker === '');
}

const behind = (versions: readonly KeyVersion[], marker: string): readonly KeyVersion[] =>
  versions.slice(versions.findIndex(({ versionId }) => versionId === marker) + 1);

function versionEntry(bucket: Bucket, version: KeyVersion, show: ShowText) {
  const identity = {
    Key: show(version.key),
    VersionId: version.versionId,
    IsLatest: bucket.objects.newest(version.key) === version,
    LastModified: dateOf(version.lastModified),
    Owner: ownerOf(bucket.owner),
  };
  if (version.kind === 'delete-marker') return identity;
  return { ...objectEntry(bucket, version, show, true), ...identity, StorageClass: version.storageClass as 'STANDARD' };
}
