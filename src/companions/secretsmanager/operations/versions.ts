/** The operations on the versions of a secret and their staging labels: small, and each about the same list. */
import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { current, moveStage, stagesOf } from '../secret.ts';
import { invalidParameter } from '../secret-faults.ts';
import type { SecretStore } from '../secret-store.ts';

type ListTypes = SecretsManagerOperations['ListSecretVersionIds'];
type UpdateTypes = SecretsManagerOperations['UpdateSecretVersionStage'];

/** `ListSecretVersionIds`: those with labels, and on demand those without. */
export const listSecretVersionIds =
  (store: SecretStore): Operation<ListTypes['input'], ListTypes['output']> =>
  ({ SecretId, IncludeDeprecated = false }, { scope }) => {
    const secret = store.requireAny(scope, SecretId);
    const versions = [...secret.versions.values()].map(({ versionId, created, lastAccessed }) => ({
      VersionId: versionId,
      VersionStages: [...stagesOf(secret, versionId)],
      LastAccessedDate: lastAccessed,
      CreatedDate: created,
    }));
    const shown = versions.filter(({ VersionStages }) => IncludeDeprecated || VersionStages.length > 0);
    return { ARN: secret.arn, Name: secret.name, Versions: shown };
  };

/** `UpdateSecretVersionStage`: moves a label from one version to another, or takes it away. */
export const updateSecretVersionStage =
  (store: SecretStore): Operation<UpdateTypes['input'], UpdateTypes['output']> =>
  ({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }, { scope }) => {
    const secret = store.require(scope, SecretId);
    const at = secret.stages.get(VersionStage);
    if (RemoveFromVersionId !== undefined && RemoveFromVersionId !== at) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be ${RemoveFromVersionId}. Staging label ${VersionStage} is currently attached to version ${at}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    if (MoveToVersionId === undefined) {
      if (VersionStage === current) throw invalidParameter(`You can't remove the staging label ${current}.`);
      secret.stages.delete(VersionStage);
      return { ARN: secret.arn, Name: secret.name };
    }
    if (!secret.versions.has(MoveToVersionId)) {
      throw invalidParameter(`The version ${MoveToVersionId} does not exist in secret ${secret.arn}.`);
    }
    if (at !== undefined && at !== MoveToVersionId && RemoveFromVersionId === undefined) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${at}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    moveStage(secret, VersionStage, MoveToVersionId);
    return { ARN: secret.arn, Name: secret.name };
  };
