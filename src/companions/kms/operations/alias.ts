/** The operations on aliases. */

import { formatArn } from '../../../aws/arn.ts';
import type { KmsOperations } from '../../../aws/generated/kms-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { Scope } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Alias, KeyStore } from '../key-store.ts';
import { notFound } from '../kms-faults.ts';
import { kmsPage } from '../kms-page.ts';

type Of<Name extends keyof KmsOperations> = Operation<KmsOperations[Name]['input'], KmsOperations[Name]['output']>;

const aliasArn = (scope: Scope, name: string): string => formatArn({ ...scope, service: 'kms', resource: name });

/** @throws ServiceError for names that are no aliases, or that services keep for themselves */
function checkName(name: string): void {
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw new ServiceError(
      'InvalidAliasNameException',
      name.startsWith('alias/')
        ? `Alias ${name} contains invalid characters. Alias must only contain alphanumeric characters, forward slashes (/), underscores (_), and dashes (-).`
        : 'Invalid identifier',
    );
  }
  if (name.startsWith('alias/aws/')) throw new ServiceError('NotAuthorizedException', '');
}

export const createAlias =
  (store: KeyStore): Of<'CreateAlias'> =>
  ({ AliasName, TargetKeyId }, { scope }) => {
    checkName(AliasName);
    const key = store.requireOwn(scope, TargetKeyId);
    if (store.aliases(scope).has(AliasName)) {
      const message = `An alias with the name ${aliasArn(scope, AliasName)} already exists`;
      throw new ServiceError('AlreadyExistsException', message);
    }
    store.setAlias(scope, AliasName, key.id);
    return {};
  };

function required(store: KeyStore, scope: Scope, name: string): Alias {
  const alias = store.aliases(scope).get(name);
  if (alias === undefined) throw notFound(`Alias ${aliasArn(scope, name)} is not found.`);
  return alias;
}

export const updateAlias =
  (store: KeyStore): Of<'UpdateAlias'> =>
  ({ AliasName, TargetKeyId }, { scope }) => {
    checkName(AliasName);
    const alias = required(store, scope, AliasName);
    alias.keyId = store.requireOwn(scope, TargetKeyId).id;
    alias.updated = store.now();
    return {};
  };

export const deleteAlias =
  (store: KeyStore): Of<'DeleteAlias'> =>
  ({ AliasName }, { scope }) => {
    checkName(AliasName);
    required(store, scope, AliasName);
    store.aliases(scope).delete(AliasName);
    return {};
  };

export const listAliases =
  (store: KeyStore): Of<'ListAliases'> =>
  (input, { scope }) => {
    const wanted = input.KeyId === undefined ? undefined : store.require(scope, input.KeyId).id;
    const listed = [...store.aliases(scope).values()]
      .filter(({ keyId }) => wanted === undefined || keyId === wanted)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, paging } = kmsPage(listed, ({ name }) => name, input);
    const Aliases = items.map(({ name, arn, keyId, created, updated }) => ({
      AliasName: name,
      AliasArn: arn,
      TargetKeyId: keyId,
      CreationDate: created,
      LastUpdatedDate: updated,
    }));
    return { Aliases, ...paging };
  };
