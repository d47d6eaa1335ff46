/** The operations on what a key has beside its material: policy, rotation, tags. */
import type { KmsOperations } from '../../../aws/generated/kms-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { KeyStore } from '../key-store.ts';
import { kmsPage } from '../kms-page.ts';

type Of<Name extends keyof KmsOperations> = Operation<KmsOperations[Name]['input'], KmsOperations[Name]['output']>;

export const getKeyPolicy =
  (store: KeyStore): Of<'GetKeyPolicy'> =>
  ({ KeyId }, { scope }) => ({ Policy: store.require(scope, KeyId).policy, PolicyName: 'default' });

export const putKeyPolicy =
  (store: KeyStore): Of<'PutKeyPolicy'> =>
  ({ KeyId, Policy }, { scope }) => {
    try {
      JSON.parse(Policy);
    } catch (cause) {
      throw new ServiceError('MalformedPolicyDocumentException', 'The policy is not JSON.', { cause });
    }
    store.requireOwn(scope, KeyId).policy = Policy;
    return {};
  };

export const listKeyPolicies =
  (store: KeyStore): Of<'ListKeyPolicies'> =>
  ({ KeyId }, { scope }) => {
    store.require(scope, KeyId);
    return { PolicyNames: ['default'], Truncated: false };
  };

/** Rotation is remembered; the material stays, as what it encrypted has to be read. */
export const enableKeyRotation =
  (store: KeyStore): Of<'EnableKeyRotation'> =>
  ({ KeyId }, { scope }) => {
    store.requireOwn(scope, KeyId).rotates = true;
    return {};
  };

export const disableKeyRotation =
  (store: KeyStore): Of<'DisableKeyRotation'> =>
  ({ KeyId }, { scope }) => {
    store.requireOwn(scope, KeyId).rotates = false;
    return {};
  };

export const getKeyRotationStatus =
  (store: KeyStore): Of<'GetKeyRotationStatus'> =>
  ({ KeyId }, { scope }) => {
    const key = store.require(scope, KeyId);
    return { KeyRotationEnabled: key.rotates, KeyId: key.id, ...(key.rotates ? { RotationPeriodInDays: 365 } : {}) };
  };

export const tagResource =
  (store: KeyStore): Of<'TagResource'> =>
  ({ KeyId, Tags }, { scope }) => {
    const key = store.requireOwn(scope, KeyId);
    for (const { TagKey = '', TagValue = '' } of Tags) key.tags.set(TagKey, TagValue);
    return {};
  };

export const untagResource =
  (store: KeyStore): Of<'UntagResource'> =>
  ({ KeyId, TagKeys }, { scope }) => {
    const key = store.requireOwn(scope, KeyId);
    for (const name of TagKeys) key.tags.delete(name);
    return {};
  };

export const listResourceTags =
  (store: KeyStore): Of<'ListResourceTags'> =>
  (input, { scope }) => {
    const { items, paging } = kmsPage([...store.require(scope, input.KeyId).tags], ([name]) => name, input);
    return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...paging };
  };
