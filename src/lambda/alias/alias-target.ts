/** What an alias may stand for: one version that exists, or two published ones with a weight. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { qualifiedArn } from '../function/function-address.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { VersionId } from '../function/function-version.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue } from '../lambda-error.ts';
import { findVersion } from '../version/find-version.ts';
import { latestPublished, latestVersion } from '../version/version-record.ts';
import type { AliasRecord, AliasRouting } from './alias-record.ts';

type RoutingInput = LambdaOperations['CreateAlias']['input']['RoutingConfig'];

/** The part of an alias that says where invocations go. */
export type AliasTarget = Pick<AliasRecord, 'version' | 'routing'>;

/** @throws ServiceError ResourceNotFoundException */
export function requireTargetVersion(owner: FunctionRecord, version: string, { functions }: LambdaCall): VersionId {
  const found = findVersion(owner, version, functions);
  if (found === undefined) throw functionNotFound(qualifiedArn(owner.arn, version));
  return found.version;
}

/** @throws ServiceError InvalidParameterValueException for more than one additional version. */
export function requestedRouting(input: RoutingInput): AliasRouting | undefined {
  const weights = Object.entries(input?.AdditionalVersionWeights ?? {});
  if (weights.length > 1) {
    throw invalidParameterValue('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  const [first] = weights;
  return first && { version: first[0] as VersionId, weight: first[1] };
}

/** @throws ServiceError InvalidParameterValueException or, for an additional version that is not there, ResourceNotFoundException. */
export function checkRouting(owner: FunctionRecord, { version, routing }: AliasTarget, call: LambdaCall): void {
  if (routing === undefined) return;
  if (routing.version === version) {
    throw invalidParameterValue(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  }
  if (version === latestVersion || version === latestPublished) {
    throw invalidParameterValue(`${version} is not supported for an alias pointing to more than 1 version`);
  }
  requireTargetVersion(owner, routing.version, call);
}
