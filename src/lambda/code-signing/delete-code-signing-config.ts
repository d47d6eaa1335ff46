/** Deletes a code signing configuration that no function uses. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { functionsBySigningConfig } from './functions-by-signing-config.ts';
import { requireCodeSigningConfig } from './require-code-signing-config.ts';

/**
 * `DeleteCodeSigningConfig`.
 * @throws ServiceError ResourceNotFoundException, ResourceConflictException while a function uses it.
 * @see AWS Lambda API reference, DeleteCodeSigningConfig
 */
export const deleteCodeSigningConfig: LambdaOperation<'DeleteCodeSigningConfig'> = (input, call) => {
  const { id, arn } = requireCodeSigningConfig(input.CodeSigningConfigArn, call);
  if (functionsBySigningConfig(arn, undefined, 1, call).length > 0) {
    throw resourceConflict(
      `The code signing configuration ${arn} cannot be deleted because it is in use by one or more functions.`,
    );
  }
  call.stores.codeSigningConfigs.remove(call.scope, id);
  return {};
};
