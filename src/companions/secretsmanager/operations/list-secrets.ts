import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import { ServiceError } from '../../../aws/service-error.ts';
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
    const from = NextToken === undefined ? 0 : after(ordered, NextToken);
    const page = ordered.slice(from, from + MaxResults);
    const last = page.at(-1);
    const hasMore = from + page.length < ordered.length;
    return {
      SecretList: page.map(entryOf),
      ...(hasMore && last !== undefined ? { NextToken: encodeMarker(last.arn) } : {}),
    };
  };

function after(secrets: readonly Secret[], token: string): number {
  const arn = decodeMarker(token);
  const at = secrets.findIndex((secret) => secret.arn === arn);
  if (at < 0) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  return at + 1;
}

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
