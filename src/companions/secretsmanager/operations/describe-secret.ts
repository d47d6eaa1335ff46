import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { dateOf } from '../../../kernel/timestamp.ts';
import { type Secret, stagesOf } from '../secret.ts';
import { tagsOf } from '../secret-input.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['DescribeSecret'];

/** `DescribeSecret`: everything but the values, also of a secret that is scheduled for deletion. */
export const describeSecret =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  ({ SecretId }, { scope }) => {
    const secret = store.requireAny(scope, SecretId);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      KmsKeyId: secret.kmsKeyId,
      LastChangedDate: secret.changed,
      LastAccessedDate: lastAccess(secret),
      CreatedDate: secret.created,
      DeletedDate: secret.deleted,
      Tags: tagsOf(secret.tags),
      VersionIdsToStages: Object.fromEntries(
        [...new Set(secret.stages.values())].map((versionId) => [versionId, [...stagesOf(secret, versionId)]]),
      ),
    };
  };

/** To the day, as AWS shows it. */
function lastAccess({ versions }: Secret): Date | undefined {
  const times = [...versions.values()].flatMap(({ lastAccessed }) => lastAccessed?.getTime() ?? []);
  const day = 24 * 60 * 60 * 1000;
  return times.length === 0 ? undefined : dateOf(milliseconds(Math.floor(Math.max(...times) / day) * day));
}
