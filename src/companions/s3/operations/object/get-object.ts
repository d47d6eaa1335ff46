/** Gives an object out. */
import { readContent } from '../../content/content.ts';
import { readObject } from '../../object/read-object.ts';
import type { S3Operation } from '../../s3-call.ts';

/**
 * `GetObject`.
 * @throws ServiceError NoSuchKey, NoSuchVersion, NotModified, PreconditionFailed, InvalidRange
 * @see Amazon S3 API reference, GetObject
 */
export const getObject: S3Operation<'GetObject'> = (input, call) => {
  const { version, range, output } = readObject(input, call, 'GET');
  return { ...output, Body: readContent(version.content, range.start, range.length) };
};
