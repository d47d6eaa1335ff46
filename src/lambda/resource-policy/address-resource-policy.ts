/** The resource that a resource-policy operation names by its ARN. */
import { parseFunctionReference } from '../../aws/function-arn.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import { addressPolicy, type PolicyAddress } from '../permission/policy-resource.ts';

/**
 * Functions, versions and aliases; the API's model also allows runtimes, of which there are none.
 * @throws ServiceError as `addressPolicy`, ResourceNotFoundException for other kinds of resources.
 */
export function addressResourcePolicy(arn: string, call: LambdaCall): PolicyAddress {
  if (parseFunctionReference(arn) === undefined) throw resourceNotFound('The resource you requested does not exist.');
  return addressPolicy({ FunctionName: arn }, call);
}
