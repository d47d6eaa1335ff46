import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { sameValue } from '../secret.ts';
import { invalidRequest, secretExists } from '../secret-faults.ts';
import { addVersion, valueOf } from '../secret-input.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['CreateSecret'];

/**
 * `CreateSecret`: with a first version when a value comes with it.
 * @throws ServiceError ResourceExistsException unless the same request made the secret
 */
export const createSecret =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  (input, { scope }) => {
    const { Name, ClientRequestToken, Description, KmsKeyId, Tags = [] } = input;
    const value = valueOf(input);
    const present = store.find(scope, Name);
    if (present?.deleted !== undefined) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (present !== undefined) {
      const made = present.versions.get(ClientRequestToken ?? '');
      const isRepeated = made !== undefined && value !== undefined && sameValue(made.value, value);
      if (!isRepeated) throw secretExists(Name);
      return { ARN: present.arn, Name, VersionId: made.versionId };
    }
    const secret = store.create(scope, Name);
    secret.description = Description;
    secret.kmsKeyId = KmsKeyId;
    for (const { Key = '', Value = '' } of Tags) secret.tags.set(Key, Value);
    const versionId = value && addVersion(store, secret, value, ClientRequestToken);
    return { ARN: secret.arn, Name, VersionId: versionId };
  };
