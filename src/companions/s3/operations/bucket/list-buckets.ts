/** Lists the buckets of the caller's account. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import { ownerOf } from '../../bucket/owner.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';

const longestPage = 10_000;

/**
 * `ListBuckets`, all regions together.
 * @see Amazon S3 API reference, ListBuckets
 */
export const listBuckets: S3Operation<'ListBuckets'> = (input, call) => {
  const { account, partition } = call.scope;
  const { Prefix: prefix, BucketRegion: region, MaxBuckets: max = longestPage, ContinuationToken: token } = input;
  if (max < 1 || max > longestPage)
    throw invalidArgument(
      `Argument max-buckets must be an integer between 1 and ${longestPage}`,
      'max-buckets',
      String(max),
    );
  const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString('utf8');
  const found = call.buckets
    .all()
    .filter(
      (bucket) =>
        bucket.owner === account &&
        bucket.name > after &&
        bucket.name.startsWith(prefix ?? '') &&
        (region === undefined || bucket.region === region),
    );
  const page = found.slice(0, max);
  const last = page.at(-1)?.name;
  return {
    Owner: ownerOf(account),
    Buckets: page.map(({ name, created, region: BucketRegion }) => ({
      Name: name,
      CreationDate: dateOf(created),
      BucketRegion,
      BucketArn: `arn:${partition}:s3:::${name}`,
    })),
    ...(prefix === undefined ? {} : { Prefix: prefix }),
    ...(found.length > page.length && last !== undefined
      ? { ContinuationToken: Buffer.from(last).toString('base64url') }
      : {}),
  };
};
