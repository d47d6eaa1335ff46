/** The operations on grants, which are kept and listed; nothing here asks them. */
import type { KmsOperations } from '../../../aws/generated/kms-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { KeyStore } from '../key-store.ts';
import { kmsValidation, notFound } from '../kms-faults.ts';
import { kmsPage } from '../kms-page.ts';

type Of<Name extends keyof KmsOperations> = Operation<KmsOperations[Name]['input'], KmsOperations[Name]['output']>;

export const createGrant =
  (store: KeyStore): Of<'CreateGrant'> =>
  (input, { scope }) => {
    const key = store.requireOwn(scope, input.KeyId);
    const grant = {
      id: store.token(),
      token: store.token(),
      name: input.Name,
      granteePrincipal: input.GranteePrincipal,
      retiringPrincipal: input.RetiringPrincipal,
      operations: input.Operations,
      constraints: input.Constraints,
      created: store.now(),
    };
    key.grants.set(grant.id, grant);
    return { GrantId: grant.id, GrantToken: grant.token };
  };

export const listGrants =
  (store: KeyStore): Of<'ListGrants'> =>
  (input, { scope }) => {
    const key = store.require(scope, input.KeyId);
    const listed = [...key.grants.values()].filter(
      ({ id, granteePrincipal }) =>
        (input.GrantId === undefined || id === input.GrantId) &&
        (input.GranteePrincipal === undefined || granteePrincipal === input.GranteePrincipal),
    );
    const { items, paging } = kmsPage(listed, ({ id }) => id, input);
    const Grants = items.map((grant) => ({
      KeyId: key.arn,
      GrantId: grant.id,
      Name: grant.name,
      CreationDate: grant.created,
      GranteePrincipal: grant.granteePrincipal,
      RetiringPrincipal: grant.retiringPrincipal,
      IssuingAccount: `arn:${scope.partition}:iam::${scope.account}:root`,
      Operations: [...grant.operations] as KmsOperations['CreateGrant']['input']['Operations'],
      Constraints: grant.constraints,
    }));
    return { Grants, ...paging };
  };

export const revokeGrant =
  (store: KeyStore): Of<'RevokeGrant'> =>
  ({ KeyId, GrantId }, { scope }) => {
    if (!store.require(scope, KeyId).grants.delete(GrantId)) throw notFound(`Grant ID ${GrantId} not found`);
    return {};
  };

export const retireGrant =
  (store: KeyStore): Of<'RetireGrant'> =>
  ({ GrantToken, KeyId, GrantId }, { scope }) => {
    if (GrantToken === undefined && (KeyId === undefined || GrantId === undefined)) {
      throw kmsValidation('Either a grant token, or a key and a grant id are required.');
    }
    for (const key of store.keys(scope)) {
      for (const grant of key.grants.values()) {
        const isMeant = grant.token === GrantToken || (grant.id === GrantId && key.arn === KeyId);
        if (isMeant) key.grants.delete(grant.id);
      }
    }
    return {};
  };
