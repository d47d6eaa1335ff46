/** Ends the provisioned concurrency of a version or alias. */
import type { LambdaOperation } from '../lambda-call.ts';
import { notPublished, requireTarget } from './provisioned-target.ts';

/**
 * `DeleteProvisionedConcurrencyConfig`; successful also when there is none.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for `$LATEST`.
 * @see AWS Lambda API reference, DeleteProvisionedConcurrencyConfig
 */
export const deleteProvisionedConcurrencyConfig: LambdaOperation<'DeleteProvisionedConcurrencyConfig'> = (
  input,
  call,
) => {
  call.provisioning.end(requireTarget(input, call, notPublished).place);
  return {};
};
