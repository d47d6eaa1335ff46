import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { stagesOf } from '../secret.ts';
import { invalidParameter } from '../secret-faults.ts';
import { addVersion, valueOf } from '../secret-input.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['PutSecretValue'];

/** `PutSecretValue`: a new version, which takes the labels that it is given. */
export const putSecretValue =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  (input, { scope }) => {
    const value = valueOf(input);
    if (value === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
    const secret = store.require(scope, input.SecretId);
    const versionId = addVersion(store, secret, value, input.ClientRequestToken, input.VersionStages);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: versionId,
      VersionStages: [...stagesOf(secret, versionId)],
    };
  };
