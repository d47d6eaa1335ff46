/** The operations on the tags of a secret. */
import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { SecretStore } from '../secret-store.ts';

type TagTypes = SecretsManagerOperations['TagResource'];
type UntagTypes = SecretsManagerOperations['UntagResource'];

export const tagResource =
  (store: SecretStore): Operation<TagTypes['input'], TagTypes['output']> =>
  ({ SecretId, Tags }, { scope }) => {
    const secret = store.require(scope, SecretId);
    for (const { Key = '', Value = '' } of Tags) secret.tags.set(Key, Value);
    return {};
  };

export const untagResource =
  (store: SecretStore): Operation<UntagTypes['input'], UntagTypes['output']> =>
  ({ SecretId, TagKeys }, { scope }) => {
    const secret = store.require(scope, SecretId);
    for (const key of TagKeys) secret.tags.delete(key);
    return {};
  };
