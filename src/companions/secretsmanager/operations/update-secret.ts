import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { addVersion, valueOf } from '../secret-input.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['UpdateSecret'];

/** `UpdateSecret`: its description and key, and a new version when a value comes with it. */
export const updateSecret =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  (input, { scope }) => {
    const { SecretId, ClientRequestToken, Description, KmsKeyId } = input;
    const value = valueOf(input);
    const secret = store.require(scope, SecretId);
    if (Description !== undefined) secret.description = Description;
    if (KmsKeyId !== undefined) secret.kmsKeyId = KmsKeyId;
    secret.changed = store.now();
    const versionId = value && addVersion(store, secret, value, ClientRequestToken);
    return { ARN: secret.arn, Name: secret.name, VersionId: versionId };
  };
