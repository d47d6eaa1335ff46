/** Headers that a reader wants instead of those that the object has. */

import { invalidArgument } from '../s3-error.ts';
import type { S3Input } from '../s3-types.ts';

type Overrides = Pick<
  S3Input<'GetObject'>,
  | 'ResponseCacheControl'
  | 'ResponseContentDisposition'
  | 'ResponseContentEncoding'
  | 'ResponseContentLanguage'
  | 'ResponseContentType'
  | 'ResponseExpires'
>;

/** @throws ServiceError InvalidArgument for text that no header can hold */
export function overriddenHeaders(input: Overrides) {
  const texts = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
  };
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined && !/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      throw invalidArgument('Header value cannot be represented using ISO-8859-1.', name, text);
    }
  }
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as {
    readonly [Name in keyof typeof texts]?: string;
  };
  return { ...given, ...(input.ResponseExpires === undefined ? {} : { Expires: input.ResponseExpires }) };
}
