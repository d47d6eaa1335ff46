/** Says what GetObject would, without the content. */
import { readObject } from '../../object/read-object.ts';
import type { S3Operation } from '../../s3-call.ts';

/**
 * `HeadObject`.
 * @see Amazon S3 API reference, HeadObject
 */
export const headObject: S3Operation<'HeadObject'> = (input, call) => readObject(input, call, 'HEAD').output;
