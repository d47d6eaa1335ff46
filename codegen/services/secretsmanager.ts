/** AWS Secrets Manager, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const secretsmanager: GeneratedService = {
  name: 'secretsmanager',
  title: 'SecretsManager',
  fullName: 'AWS Secrets Manager',
  sdkPackage: '@aws-sdk/client-secrets-manager',
  model: 'secretsmanager/2017-10-17',
  operations: [
    'BatchGetSecretValue',
    'CancelRotateSecret',
    'CreateSecret',
    'DeleteResourcePolicy',
    'DeleteSecret',
    'DescribeSecret',
    'GetRandomPassword',
    'GetResourcePolicy',
    'GetSecretValue',
    'ListSecretVersionIds',
    'ListSecrets',
    'PutResourcePolicy',
    'PutSecretValue',
    'RestoreSecret',
    'TagResource',
    'UntagResource',
    'UpdateSecret',
    'UpdateSecretVersionStage',
    'ValidateResourcePolicy',
  ],
};
