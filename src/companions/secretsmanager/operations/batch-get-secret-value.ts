import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { invalidParameter } from '../secret-faults.ts';
import { matchesFilters } from '../secret-filter.ts';
import type { SecretStore } from '../secret-store.ts';
import { readValue } from './get-secret-value.ts';

type Types = SecretsManagerOperations['BatchGetSecretValue'];

/** `BatchGetSecretValue`: by ids or by filters; what cannot be read is listed as an error, and the rest is returned. */
export const batchGetSecretValue =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  ({ SecretIdList, Filters }, { scope }) => {
    if ((SecretIdList === undefined) === (Filters === undefined)) {
      throw invalidParameter('Either SecretIdList or Filters must be provided, but not both.');
    }
    const found = store.all(scope).filter((secret) => matchesFilters(secret, Filters ?? []));
    const ids = SecretIdList ?? found.filter(({ deleted }) => deleted === undefined).map(({ arn }) => arn);
    const values: ReturnType<typeof readValue>[] = [];
    const errors: { SecretId: string; ErrorCode: string; Message: string }[] = [];
    for (const SecretId of ids) {
      try {
        values.push(readValue(store, scope, { SecretId }));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
      }
    }
    return { SecretValues: values, Errors: errors };
  };
