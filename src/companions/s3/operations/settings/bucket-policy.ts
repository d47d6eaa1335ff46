/** Reads and changes the policy of a bucket. */

import type { Bucket } from '../../bucket/bucket.ts';
import type { S3Operation } from '../../s3-call.ts';
import { malformedPolicy, notConfigured } from '../../s3-error.ts';

/** In bytes. */
const longest = 20 * 1024;

/** @throws ServiceError NoSuchBucketPolicy. @see Amazon S3 API reference, GetBucketPolicy */
export const getBucketPolicy: S3Operation<'GetBucketPolicy'> = (input, call) => ({
  Policy: requirePolicy(call.buckets.require(input.Bucket)),
});

/** @throws ServiceError MalformedPolicy. @see Amazon S3 API reference, PutBucketPolicy */
export const putBucketPolicy: S3Operation<'PutBucketPolicy'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  checkPolicy(input.Policy);
  settings.policy = input.Policy;
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketPolicy */
export const deleteBucketPolicy: S3Operation<'DeleteBucketPolicy'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.policy;
  return {};
};

/** @throws ServiceError NoSuchBucketPolicy. @see Amazon S3 API reference, GetBucketPolicyStatus */
export const getBucketPolicyStatus: S3Operation<'GetBucketPolicyStatus'> = (input, call) => {
  const policy = requirePolicy(call.buckets.require(input.Bucket));
  return { PolicyStatus: { IsPublic: statementsOf(policy).some(isPublic) } };
};

function requirePolicy({ name, settings }: Bucket): string {
  if (settings.policy === undefined) {
    throw notConfigured('NoSuchBucketPolicy', 'The bucket policy does not exist', name);
  }
  return settings.policy;
}

type Statement = Readonly<Record<string, unknown>>;

function checkPolicy(text: string): void {
  if (Buffer.byteLength(text) > longest)
    throw malformedPolicy('Normalized policy document exceeds the maximum allowed size of 20480 bytes.');
  if (!text.trimStart().startsWith('{'))
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  let statements: readonly Statement[];
  try {
    statements = statementsOf(text);
  } catch {
    throw malformedPolicy('This policy contains invalid Json');
  }
  if (statements.length === 0) throw malformedPolicy('Missing required field Statement');
  for (const statement of statements) {
    if (statement['Effect'] === undefined) throw malformedPolicy('Missing required field Effect');
    if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined)
      throw malformedPolicy('Missing required field Principal');
    if (statement['Action'] === undefined && statement['NotAction'] === undefined)
      throw malformedPolicy('Missing required field Action');
    if (statement['Resource'] === undefined && statement['NotResource'] === undefined)
      throw malformedPolicy('Missing required field Resource');
  }
}

function statementsOf(text: string): readonly Statement[] {
  const { Statement: given } = JSON.parse(text) as { readonly Statement?: unknown };
  const all: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return all.filter((item): item is Statement => typeof item === 'object' && item !== null);
}

/** Grants something to everybody, without a condition. */
function isPublic({ Effect: effect, Principal: principal, Condition: condition }: Statement): boolean {
  const named = typeof principal === 'object' && principal !== null ? Object.values(principal).flat() : [principal];
  return effect === 'Allow' && condition === undefined && named.includes('*');
}
