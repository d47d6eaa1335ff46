/** Lists objects. */
import { listKeys } from '../../listing/list-keys.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';
import { shownText } from './listed-text.ts';
import { objectEntry, pageLength } from './object-entry.ts';

/** `ListObjectsV2`. @throws ServiceError InvalidArgument. @see Amazon S3 API reference, ListObjectsV2 */
export const listObjectsV2: S3Operation<'ListObjectsV2'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', StartAfter, ContinuationToken: token, EncodingType } = input;
  const maxKeys = pageLength(input.MaxKeys, 'max-keys');
  const show = shownText(EncodingType);
  const after = token === undefined ? StartAfter : keyOf(token);
  const { objects } = bucket;
  const request = { prefix, delimiter, maxKeys, after: after === '' ? undefined : after };
  const page = listKeys(objects.keys, request, (key) => objects.current(key));
  return {
    Name: bucket.name,
    Prefix: show(prefix),
    MaxKeys: maxKeys,
    KeyCount: page.items.length + page.commonPrefixes.length,
    IsTruncated: page.isTruncated,
    ...(delimiter === '' ? {} : { Delimiter: show(delimiter) }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    ...(StartAfter === undefined ? {} : { StartAfter: show(StartAfter) }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(page.isTruncated ? { NextContinuationToken: tokenOf(page.last ?? '') } : {}),
    Contents: page.items.map((version) => objectEntry(bucket, version, show, input.FetchOwner === true)),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: show(common) })),
  };
};

/** Begins with a digit that an empty token or somebody else's does not have. */
const tokenOf = (key: string): string => `1${Buffer.from(key).toString('base64url')}`;

function keyOf(token: string): string {
  const key = Buffer.from(token.slice(1), 'base64url').toString('utf8');
  if (!token.startsWith('1') || tokenOf(key) !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return key;
}
