import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { Scope } from '../../../aws/scope.ts';
import { current, stagesOf } from '../secret.ts';
import { valueNotFound } from '../secret-faults.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['GetSecretValue'];

/** `GetSecretValue`: the version with a label, AWSCURRENT unless another one or a version is named. */
export const getSecretValue =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  (input, { scope }) =>
    readValue(store, scope, input);

/** @throws ServiceError when there is no such secret, version or label */
export function readValue(store: SecretStore, scope: Scope, input: Types['input']) {
  const { SecretId, VersionId, VersionStage } = input;
  const secret = store.require(scope, SecretId);
  const stage = VersionStage ?? current;
  const versionId = VersionId ?? secret.stages.get(stage);
  const version = versionId === undefined ? undefined : secret.versions.get(versionId);
  if (version === undefined) {
    throw valueNotFound(VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`);
  }
  const stages = stagesOf(secret, version.versionId);
  if (VersionStage !== undefined && !stages.includes(VersionStage)) {
    throw valueNotFound(`VersionId: ${version.versionId} and staging label: ${VersionStage}`);
  }
  version.lastAccessed = store.now();
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.versionId,
    ...(version.value.kind === 'text' ? { SecretString: version.value.text } : { SecretBinary: version.value.bytes }),
    VersionStages: [...stages],
    CreatedDate: version.created,
  };
}
