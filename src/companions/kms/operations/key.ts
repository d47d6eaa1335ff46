/** The operations on keys themselves: made, described, listed, switched on and off, deleted. */
import type { KmsOperations } from '../../../aws/generated/kms-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { keyMetadata } from '../key-output.ts';
import type { KeyStore } from '../key-store.ts';
import { kmsValidation } from '../kms-faults.ts';
import { kmsPage } from '../kms-page.ts';

type Of<Name extends keyof KmsOperations> = Operation<KmsOperations[Name]['input'], KmsOperations[Name]['output']>;

/** `CreateKey`: symmetric keys that encrypt and decrypt; other kinds are refused by name. */
export const createKey =
  (store: KeyStore): Of<'CreateKey'> =>
  (
    { Description = '', Policy, Tags = [], KeySpec, CustomerMasterKeySpec, KeyUsage = 'ENCRYPT_DECRYPT' },
    { scope },
  ) => {
    const spec = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    if (spec !== 'SYMMETRIC_DEFAULT' || KeyUsage !== 'ENCRYPT_DECRYPT') {
      throw new ServiceError(
        'UnsupportedOperationException',
        `lambdad has keys of the spec SYMMETRIC_DEFAULT for ENCRYPT_DECRYPT only, not ${spec} for ${KeyUsage}.`,
      );
    }
    const key = store.create(scope, { owner: 'CUSTOMER', description: Description, policy: Policy });
    for (const { TagKey = '', TagValue = '' } of Tags) key.tags.set(TagKey, TagValue);
    return { KeyMetadata: keyMetadata(key) };
  };

export const describeKey =
  (store: KeyStore): Of<'DescribeKey'> =>
  ({ KeyId }, { scope }) => ({ KeyMetadata: keyMetadata(store.require(scope, KeyId)) });

export const listKeys =
  (store: KeyStore): Of<'ListKeys'> =>
  (input, { scope }) => {
    const { items, paging } = kmsPage(store.keys(scope), ({ id }) => id, input);
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...paging };
  };

export const enableKey =
  (store: KeyStore): Of<'EnableKey'> =>
  ({ KeyId }, { scope }) => {
    store.requireOwn(scope, KeyId).state = 'Enabled';
    return {};
  };

export const disableKey =
  (store: KeyStore): Of<'DisableKey'> =>
  ({ KeyId }, { scope }) => {
    store.requireOwn(scope, KeyId).state = 'Disabled';
    return {};
  };

/** `ScheduleKeyDeletion`: 30 days from now unless said otherwise. */
export const scheduleKeyDeletion =
  (store: KeyStore): Of<'ScheduleKeyDeletion'> =>
  ({ KeyId, PendingWindowInDays = 30 }, { scope }) => {
    if (PendingWindowInDays < 7 || PendingWindowInDays > 30) {
      throw kmsValidation('PendingWindowInDays must be between 7 and 30 days.');
    }
    const key = store.requireOwn(scope, KeyId);
    key.state = 'PendingDeletion';
    key.deletionDue = store.later(PendingWindowInDays);
    return { KeyId: key.arn, DeletionDate: key.deletionDue, KeyState: key.state, PendingWindowInDays };
  };

export const cancelKeyDeletion =
  (store: KeyStore): Of<'CancelKeyDeletion'> =>
  ({ KeyId }, { scope }) => {
    const key = store.require(scope, KeyId);
    if (key.state !== 'PendingDeletion') {
      throw new ServiceError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
    }
    key.state = 'Disabled';
    key.deletionDue = undefined;
    return { KeyId: key.arn };
  };

export const updateKeyDescription =
  (store: KeyStore): Of<'UpdateKeyDescription'> =>
  ({ KeyId, Description }, { scope }) => {
    store.requireOwn(scope, KeyId).description = Description;
    return {};
  };
