/** Lists objects, in the older form. */
import { listKeys } from '../../listing/list-keys.ts';
import type { S3Operation } from '../../s3-call.ts';
import { shownText } from './listed-text.ts';
import { objectEntry, pageLength } from './object-entry.ts';

/** `ListObjects`. @see Amazon S3 API reference, ListObjects */
export const listObjects: S3Operation<'ListObjects'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker = '', EncodingType } = input;
  const maxKeys = pageLength(input.MaxKeys, 'max-keys');
  const show = shownText(EncodingType);
  const { objects } = bucket;
  const request = { prefix, delimiter, after: marker === '' ? undefined : marker, maxKeys };
  const page = listKeys(objects.keys, request, (key) => objects.current(key));
  return {
    Name: bucket.name,
    Prefix: show(prefix),
    Marker: show(marker),
    MaxKeys: maxKeys,
    IsTruncated: page.isTruncated,
    ...(delimiter === '' ? {} : { Delimiter: show(delimiter) }),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    // Without a delimiter a client takes the last key.
    ...(page.isTruncated && delimiter !== '' ? { NextMarker: show(page.last ?? '') } : {}),
    Contents: page.items.map((version) => objectEntry(bucket, version, show, true)),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: show(common) })),
  };
};
