/** Changes a code signing configuration; functions feel it when their code is next changed. */
import type { LambdaOperation } from '../lambda-call.ts';
import { codeSigningConfigOutput } from './code-signing-config-output.ts';
import { requireCodeSigningConfig } from './require-code-signing-config.ts';

/**
 * `UpdateCodeSigningConfig`; what the request does not name stays.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, UpdateCodeSigningConfig
 */
export const updateCodeSigningConfig: LambdaOperation<'UpdateCodeSigningConfig'> = (input, call) => {
  const record = requireCodeSigningConfig(input.CodeSigningConfigArn, call);
  const changed = {
    ...record,
    description: input.Description ?? record.description,
    allowedPublishers: input.AllowedPublishers ?? record.allowedPublishers,
    untrustedArtifacts: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? record.untrustedArtifacts,
    lastModified: call.clock.now(),
  };
  call.stores.codeSigningConfigs.put(call.scope, record.id, changed);
  return { CodeSigningConfig: codeSigningConfigOutput(changed) };
};
