/** What a function's code signing configuration says to new code and new layers. */
import { ServiceError } from '../../aws/service-error.ts';
import type { CodeSigningConfigRecord } from './code-signing-config-record.ts';

/**
 * An archive that comes with a request bears no signature (AWS Signer puts those beside objects in a bucket): it passes
 * unless the policy is to enforce one.
 * @throws ServiceError CodeVerificationFailedException
 * @see AWS Lambda Developer Guide, "Using code signing to verify code integrity with Lambda"
 */
export function checkUnsigned(functionName: string, config: CodeSigningConfigRecord | undefined): void {
  if (config?.untrustedArtifacts !== 'Enforce') return;
  throw new ServiceError(
    'CodeVerificationFailedException',
    `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${functionName}.`,
  );
}
