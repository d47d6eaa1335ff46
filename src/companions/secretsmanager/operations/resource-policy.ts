/** The operations on the policy of a secret, which is kept and returned; nothing here evaluates it. */
import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { SecretStore } from '../secret-store.ts';

type Of<Name extends keyof SecretsManagerOperations> = Operation<
  SecretsManagerOperations[Name]['input'],
  SecretsManagerOperations[Name]['output']
>;

export const putResourcePolicy =
  (store: SecretStore): Of<'PutResourcePolicy'> =>
  ({ SecretId, ResourcePolicy }, { scope }) => {
    const secret = store.require(scope, SecretId);
    if (!isDocument(ResourcePolicy)) {
      throw new ServiceError('MalformedPolicyDocumentException', 'This resource policy contains a syntax error.');
    }
    secret.policy = ResourcePolicy;
    return { ARN: secret.arn, Name: secret.name };
  };

export const getResourcePolicy =
  (store: SecretStore): Of<'GetResourcePolicy'> =>
  ({ SecretId }, { scope }) => {
    const { arn, name, policy } = store.require(scope, SecretId);
    return { ARN: arn, Name: name, ResourcePolicy: policy };
  };

export const deleteResourcePolicy =
  (store: SecretStore): Of<'DeleteResourcePolicy'> =>
  ({ SecretId }, { scope }) => {
    const secret = store.require(scope, SecretId);
    secret.policy = undefined;
    return { ARN: secret.arn, Name: secret.name };
  };

export const validateResourcePolicy: Of<'ValidateResourcePolicy'> = ({ ResourcePolicy }) => {
  const valid = isDocument(ResourcePolicy);
  const errors = [{ CheckName: 'SyntaxCheck', ErrorMessage: 'This resource policy contains a syntax error.' }];
  return { PolicyValidationPassed: valid, ValidationErrors: valid ? [] : errors };
};

function isDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'Statement' in document;
  } catch {
    return false;
  }
}
