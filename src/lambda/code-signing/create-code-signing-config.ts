/** Creates a code signing configuration. */
import { formatArn } from '../../aws/arn.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { checkTags } from '../tag/tag-rules.ts';
import { codeSigningConfigOutput } from './code-signing-config-output.ts';
import type { CodeSigningConfigRecord } from './code-signing-config-record.ts';

/**
 * `CreateCodeSigningConfig`.
 * @throws ServiceError InvalidParameterValueException for tags that are refused.
 * @see AWS Lambda API reference, CreateCodeSigningConfig
 */
export const createCodeSigningConfig: LambdaOperation<'CreateCodeSigningConfig'> = (input, call) => {
  const { scope, clock, random, stores } = call;
  if (input.Tags !== undefined) checkTags(input.Tags);
  const id = `csc-${random.hex(9).slice(0, 17)}`;
  const record: CodeSigningConfigRecord = {
    id,
    arn: formatArn({ ...scope, service: 'lambda', resource: `code-signing-config:${id}` }),
    description: input.Description,
    allowedPublishers: input.AllowedPublishers,
    untrustedArtifacts: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? 'Warn',
    lastModified: clock.now(),
    tags: input.Tags ?? {},
  };
  stores.codeSigningConfigs.put(scope, id, record);
  return { CodeSigningConfig: codeSigningConfigOutput(record) };
};
