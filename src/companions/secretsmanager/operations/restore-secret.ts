import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['RestoreSecret'];

/** `RestoreSecret`: takes back a deletion whose time has not come. */
export const restoreSecret =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  ({ SecretId }, { scope }) => {
    const secret = store.requireAny(scope, SecretId);
    secret.deleted = undefined;
    secret.deletionDue = undefined;
    return { ARN: secret.arn, Name: secret.name };
  };
