/** Makes a bucket. */
import { region as regionNamed } from '../../../../aws/scope.ts';
import { Bucket } from '../../bucket/bucket.ts';
import { checkBucketName } from '../../bucket/bucket-name.ts';
import { checkedTags } from '../../object/object-tags.ts';
import type { S3Call, S3Operation } from '../../s3-call.ts';
import {
  bucketAlreadyExists,
  bucketAlreadyOwnedByYou,
  illegalLocationConstraint,
  invalidLocationConstraint,
  notImplementedHeader,
} from '../../s3-error.ts';
import type { S3Input } from '../../s3-types.ts';
import { requireAcls } from '../settings/bucket-acl.ts';

type CreateInput = S3Input<'CreateBucket'>;

const firstRegion = 'us-east-1';
const mostTags = 50;

/**
 * `CreateBucket`. In us-east-1 the owner may create a bucket again.
 * @throws ServiceError InvalidBucketName, BucketAlreadyExists, BucketAlreadyOwnedByYou, IllegalLocationConstraintException
 * @see Amazon S3 API reference, CreateBucket
 */
export const createBucket: S3Operation<'CreateBucket'> = (input, call) => {
  const { Bucket: name, ObjectOwnership: ownership, ACL: acl } = input;
  checkBucketName(name);
  if (input.ObjectLockEnabledForBucket === true) throw notImplementedHeader('x-amz-bucket-object-lock-enabled');
  const region = bucketRegion(input, call);
  const present = call.buckets.find(name);
  if (present !== undefined) return again(present, region, call);
  const bucket = new Bucket({ name, region, owner: call.scope.account, created: call.clock.now() });
  const { settings } = bucket;
  const tags = input.CreateBucketConfiguration?.Tags;
  if (tags !== undefined && tags.length > 0) settings.tags = checkedTags(tags, mostTags);
  if (ownership !== undefined) settings.ownership = { Rules: [{ ObjectOwnership: ownership }] };
  if (acl !== undefined) {
    requireAcls(bucket, acl);
    settings.acl = acl;
  }
  call.buckets.add(bucket);
  return created(bucket, call);
};

const created = ({ name, region }: Bucket, call: S3Call) => ({
  Location: region === firstRegion ? `/${name}` : `${call.origin}/${name}`,
  BucketArn: `arn:${call.scope.partition}:s3:::${name}`,
});

function again(present: Bucket, region: string, call: S3Call) {
  if (present.owner !== call.scope.account) throw bucketAlreadyExists(present.name);
  if (region !== firstRegion || present.region !== firstRegion) throw bucketAlreadyOwnedByYou(present.name);
  return created(present, call);
}

/** The region that a request is signed for is the endpoint that it was sent to; us-east-1 makes buckets anywhere. */
function bucketRegion({ CreateBucketConfiguration: configuration }: CreateInput, { scope }: S3Call) {
  const constraint = configuration?.LocationConstraint;
  if (constraint === undefined || String(constraint) === '') {
    if (scope.region !== firstRegion) throw illegalLocationConstraint('unspecified');
    return scope.region;
  }
  const named = constraint === 'EU' ? 'eu-west-1' : String(constraint);
  if (named === firstRegion || !/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(named)) {
    throw invalidLocationConstraint(constraint);
  }
  if (scope.region !== firstRegion && scope.region !== named) throw illegalLocationConstraint(constraint);
  return regionNamed(named);
}
