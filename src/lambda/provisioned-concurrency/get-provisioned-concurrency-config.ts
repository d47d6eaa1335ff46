/** Shows the provisioned concurrency of a version or alias. */
import { ServiceError } from '../../aws/service-error.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { provisionedConcurrencyOutput } from './provisioned-concurrency-output.ts';
import { notPublished, requireTarget } from './provisioned-target.ts';

/**
 * `GetProvisionedConcurrencyConfig`.
 * @throws ServiceError ProvisionedConcurrencyConfigNotFoundException, ResourceNotFoundException,
 * InvalidParameterValueException for `$LATEST`.
 * @see AWS Lambda API reference, GetProvisionedConcurrencyConfig
 */
export const getProvisionedConcurrencyConfig: LambdaOperation<'GetProvisionedConcurrencyConfig'> = (input, call) => {
  const { scope, functionName, qualifier } = requireTarget(input, call, notPublished).place;
  const config = call.stores.provisionedConcurrency.find(scope, functionKey(functionName, qualifier));
  if (config === undefined) {
    throw new ServiceError(
      'ProvisionedConcurrencyConfigNotFoundException',
      'No Provisioned Concurrency Config found for this function',
    );
  }
  return provisionedConcurrencyOutput(config);
};
