import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { invalidParameter } from '../secret-faults.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['DeleteSecret'];

const defaultWindow = 30;

/** `DeleteSecret`: schedules the deletion, 30 days from now unless said otherwise, or deletes at once when forced. */
export const deleteSecret =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  ({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }, { scope }) => {
    if (RecoveryWindowInDays !== undefined && ForceDeleteWithoutRecovery) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    const days = RecoveryWindowInDays ?? defaultWindow;
    if (days < 7 || days > 30) {
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    }
    const secret = ForceDeleteWithoutRecovery ? store.requireAny(scope, SecretId) : store.require(scope, SecretId);
    if (ForceDeleteWithoutRecovery) {
      store.remove(secret);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: store.now() };
    }
    secret.deleted = store.now();
    secret.deletionDue = store.later(days);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletionDue };
  };
