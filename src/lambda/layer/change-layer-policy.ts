/** A layer version with other statements in its policy. */
import { ServiceError } from '../../aws/service-error.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { newRevisionId } from '../version/new-version.ts';
import { layerVersionArn } from './layer-address.ts';
import { type LayerPolicy, type LayerStatement, policyDocument } from './layer-policy.ts';
import type { NamedLayerVersion } from './require-layer-version.ts';

/** Bytes. Source: Lambda developer guide, "Lambda quotas", resource-based policy. */
const policyAtMost = 20_480;

/**
 * Stores the policy under a new RevisionId; without statements there is none.
 * @throws ServiceError PolicyLengthExceededException
 */
export function changeLayerPolicy(
  { layer, record, version }: NamedLayerVersion,
  statements: readonly LayerStatement[],
  { stores, random }: LambdaCall,
): LayerPolicy {
  const policy = { revisionId: newRevisionId(random), statements };
  const size = Buffer.byteLength(policyDocument(policy, layerVersionArn(layer, version.version)));
  if (size > policyAtMost) {
    throw new ServiceError(
      'PolicyLengthExceededException',
      `The final policy size (${size}) is bigger than the limit (${policyAtMost}).`,
    );
  }
  const changed = { ...version, policy: statements.length === 0 ? undefined : policy };
  const versions = record.versions.map((other) => (other === version ? changed : other));
  stores.layers.put(layer.scope, record.name, { ...record, versions });
  return policy;
}

/** @throws ServiceError PreconditionFailedException when the caller's RevisionId is not the policy's. */
export function checkPolicyRevision(policy: LayerPolicy | undefined, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === policy?.revisionId) return;
  throw new ServiceError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id',
  );
}
