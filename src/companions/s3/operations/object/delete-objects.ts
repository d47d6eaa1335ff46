/** Deletes up to a thousand objects at once. */
import { ServiceError } from '../../../../aws/service-error.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import { deleteVersion } from '../../object/delete-version.ts';
import { checkKey } from '../../object/object-key.ts';
import type { S3Call, S3Operation } from '../../s3-call.ts';
import { malformedXml } from '../../s3-error.ts';
import type { S3Input } from '../../s3-types.ts';

type Identifier = NonNullable<S3Input<'DeleteObjects'>['Delete']['Objects']>[number];

const most = 1000;

/**
 * `DeleteObjects`. One that cannot be deleted does not keep the others.
 * @throws ServiceError MalformedXML for too many, or none
 * @see Amazon S3 API reference, DeleteObjects
 */
export const deleteObjects: S3Operation<'DeleteObjects'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Objects: objects, Quiet: isQuiet } = input.Delete;
  if (objects.length === 0 || objects.length > most) throw malformedXml();
  const results = objects.map((object) => deleteOne(bucket, object, call));
  return {
    Deleted: isQuiet === true ? [] : results.flatMap(({ deleted }) => deleted ?? []),
    Errors: results.flatMap(({ error }) => error ?? []),
  };
};

function deleteOne(bucket: Bucket, { Key, VersionId, ETag }: Identifier, call: S3Call) {
  try {
    checkKey(Key);
    const { versionId, isMarker } = deleteVersion(bucket, { key: Key, versionId: VersionId, ifMatch: ETag }, call);
    const marker = isMarker && versionId !== undefined ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
    return { deleted: { Key, ...(VersionId === undefined ? {} : { VersionId }), ...marker } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return {
      error: { Key, ...(VersionId === undefined ? {} : { VersionId }), Code: error.code, Message: error.message },
    };
  }
}
