/** Shows a code signing configuration. */
import type { LambdaOperation } from '../lambda-call.ts';
import { codeSigningConfigOutput } from './code-signing-config-output.ts';
import { requireCodeSigningConfig } from './require-code-signing-config.ts';

/**
 * `GetCodeSigningConfig`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetCodeSigningConfig
 */
export const getCodeSigningConfig: LambdaOperation<'GetCodeSigningConfig'> = (input, call) => ({
  CodeSigningConfig: codeSigningConfigOutput(requireCodeSigningConfig(input.CodeSigningConfigArn, call)),
});
