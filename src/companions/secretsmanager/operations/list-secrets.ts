import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { pageAfter } from '../../page.ts';
import { type Secret, stagesOf } from '../secret.ts';
import { matchesFilters } from '../secret-filter.ts';
import { tagsOf } from '../secret-input.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['ListSecrets'];

/** `ListSecrets`: a page of them, newest last unless `SortOrder` says otherwise. */
export const listSecrets =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  ({ IncludePlannedDeletion = false, MaxResults = 100, NextToken, Filters = [], SortOrder }, { scope }) => {
    const listed = store
      .all(scope)
      .filter((secret) => (IncludePlannedDeletion || secret.deleted === undefined) && matchesFilters(secret, Filters));
    const ordered = SortOrder === 'desc' ? listed.toReversed() : listed;
    const page = pageAfter(ordered, ({ arn }) => arn, MaxResults, NextToken);
    if (page === undefined) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
    return { SecretList: page.items.map(entryOf), NextToken: page.next };
  };

const entryOf = (secret: Secret) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  LastChangedDate: secret.changed,
  CreatedDate: secret.created,
  DeletedDate: secret.deleted,
  Tags: tagsOf(secret.tags),
  SecretVersionsToStages: Object.fromEntries(
    [...new Set(secret.stages.values())].map((versionId) => [versionId, [...stagesOf(secret, versionId)]]),
  ),
});
