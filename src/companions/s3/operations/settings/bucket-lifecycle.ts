/** Reads and changes the lifecycle rules of a bucket; they are kept, and nothing expires. */
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument, malformedXml, notConfigured } from '../../s3-error.ts';

const mostRules = 1000;
const longestId = 255;

/** @throws ServiceError NoSuchLifecycleConfiguration. @see Amazon S3 API reference, GetBucketLifecycleConfiguration */
export const getBucketLifecycleConfiguration: S3Operation<'GetBucketLifecycleConfiguration'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.lifecycle === undefined) {
    throw notConfigured('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', name);
  }
  return {
    Rules: settings.lifecycle,
    TransitionDefaultMinimumObjectSize: settings.lifecycleMinimumSize ?? 'all_storage_classes_128K',
  };
};

/** Rules without an id are given one. @see Amazon S3 API reference, PutBucketLifecycleConfiguration */
export const putBucketLifecycleConfiguration: S3Operation<'PutBucketLifecycleConfiguration'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  const rules = input.LifecycleConfiguration?.Rules ?? [];
  if (rules.length === 0 || rules.length > mostRules) throw malformedXml();
  const ids = new Set<string>();
  settings.lifecycle = rules.map((rule) => {
    const { ID: id = call.random.uuid() } = rule;
    if (id.length > longestId) {
      throw invalidArgument(`ID length should not exceed allowed limit of ${longestId}`, 'ID', id);
    }
    if (ids.has(id)) throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', id);
    ids.add(id);
    return { ...rule, ID: id };
  });
  const { TransitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = input;
  settings.lifecycleMinimumSize = minimum;
  return { TransitionDefaultMinimumObjectSize: minimum };
};

/** @see Amazon S3 API reference, DeleteBucketLifecycle */
export const deleteBucketLifecycle: S3Operation<'DeleteBucketLifecycle'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  delete settings.lifecycle;
  delete settings.lifecycleMinimumSize;
  return {};
};
