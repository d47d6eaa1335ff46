/** A code signing configuration in the API's form. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { CodeSigningConfigRecord } from './code-signing-config-record.ts';

type ConfigOutput = NonNullable<LambdaOperations['GetCodeSigningConfig']['output']['CodeSigningConfig']>;

export const codeSigningConfigOutput = (record: CodeSigningConfigRecord): ConfigOutput => ({
  CodeSigningConfigId: record.id,
  CodeSigningConfigArn: record.arn,
  Description: record.description,
  AllowedPublishers: record.allowedPublishers,
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: record.untrustedArtifacts },
  // The API writes the offset without its colon.
  LastModified: isoTimestamp(record.lastModified).replace('Z', '+0000'),
});
