/** The operations that give policies to roles and users: their own, and those that several share. */
import type { Scope } from '../../../aws/scope.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { Principal } from '../principal.ts';
import { checkDocument, noSuchEntity } from './iam-faults.ts';
import { encodedDocument, type IamOperation, iamPage } from './iam-operation.ts';
import { requireRole } from './roles.ts';
import { requireUser } from './users.ts';

function put(principal: Principal, name: string, document: string): Record<string, never> {
  checkDocument(document);
  principal.inlinePolicies.set(name, document);
  return {};
}

function inline(principal: Principal, name: string, kind: 'role' | 'user'): string {
  const document = principal.inlinePolicies.get(name);
  if (document === undefined) throw noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`);
  return encodedDocument(document);
}

function remove(principal: Principal, name: string, kind: 'role' | 'user'): Record<string, never> {
  inline(principal, name, kind);
  principal.inlinePolicies.delete(name);
  return {};
}

/** Policies of AWS's own may be attached whether or not their text is known here. */
function attach(store: IdentityStore, scope: Scope, principal: Principal, arn: string): Record<string, never> {
  const isOfAws = /^arn:[^:]+:iam::aws:policy\//.test(arn);
  if (!isOfAws && !store.of(scope).policies.has(arn)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  principal.attachedPolicies.set(arn, arn.slice(arn.lastIndexOf('/') + 1));
  return {};
}

function detach(principal: Principal, arn: string): Record<string, never> {
  if (!principal.attachedPolicies.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  return {};
}

interface Listing {
  readonly PathPrefix?: string | undefined;
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

function attached(principal: Principal, input: Listing) {
  const prefix = `policy${input.PathPrefix ?? '/'}`;
  const listed = [...principal.attachedPolicies].filter(([arn]) => arn.split(':')[5]?.startsWith(prefix) === true);
  const { items, paging } = iamPage(listed, ([arn]) => arn, input);
  return { AttachedPolicies: items.map(([PolicyArn, PolicyName]) => ({ PolicyArn, PolicyName })), ...paging };
}

function names(principal: Principal, input: Listing) {
  const { items, paging } = iamPage([...principal.inlinePolicies.keys()].toSorted(), (name) => name, input);
  return { PolicyNames: items, ...paging };
}

type Store = IdentityStore;

export const putRolePolicy =
  (store: Store): IamOperation<'PutRolePolicy'> =>
  ({ RoleName, PolicyName, PolicyDocument }, { scope }) =>
    put(requireRole(store, scope, RoleName), PolicyName, PolicyDocument);

export const putUserPolicy =
  (store: Store): IamOperation<'PutUserPolicy'> =>
  ({ UserName, PolicyName, PolicyDocument }, { scope }) =>
    put(requireUser(store, scope, UserName), PolicyName, PolicyDocument);

export const getRolePolicy =
  (store: Store): IamOperation<'GetRolePolicy'> =>
  ({ RoleName, PolicyName }, { scope }) => {
    const PolicyDocument = inline(requireRole(store, scope, RoleName), PolicyName, 'role');
    return { RoleName, PolicyName, PolicyDocument };
  };

export const getUserPolicy =
  (store: Store): IamOperation<'GetUserPolicy'> =>
  ({ UserName, PolicyName }, { scope }) => {
    const PolicyDocument = inline(requireUser(store, scope, UserName), PolicyName, 'user');
    return { UserName, PolicyName, PolicyDocument };
  };

export const deleteRolePolicy =
  (store: Store): IamOperation<'DeleteRolePolicy'> =>
  ({ RoleName, PolicyName }, { scope }) =>
    remove(requireRole(store, scope, RoleName), PolicyName, 'role');

export const deleteUserPolicy =
  (store: Store): IamOperation<'DeleteUserPolicy'> =>
  ({ UserName, PolicyName }, { scope }) =>
    remove(requireUser(store, scope, UserName), PolicyName, 'user');

export const listRolePolicies =
  (store: Store): IamOperation<'ListRolePolicies'> =>
  (input, { scope }) =>
    names(requireRole(store, scope, input.RoleName), input);

export const listUserPolicies =
  (store: Store): IamOperation<'ListUserPolicies'> =>
  (input, { scope }) =>
    names(requireUser(store, scope, input.UserName), input);

export const attachRolePolicy =
  (store: Store): IamOperation<'AttachRolePolicy'> =>
  ({ RoleName, PolicyArn }, { scope }) =>
    attach(store, scope, requireRole(store, scope, RoleName), PolicyArn);

export const attachUserPolicy =
  (store: Store): IamOperation<'AttachUserPolicy'> =>
  ({ UserName, PolicyArn }, { scope }) =>
    attach(store, scope, requireUser(store, scope, UserName), PolicyArn);

export const detachRolePolicy =
  (store: Store): IamOperation<'DetachRolePolicy'> =>
  ({ RoleName, PolicyArn }, { scope }) =>
    detach(requireRole(store, scope, RoleName), PolicyArn);

export const detachUserPolicy =
  (store: Store): IamOperation<'DetachUserPolicy'> =>
  ({ UserName, PolicyArn }, { scope }) =>
    detach(requireUser(store, scope, UserName), PolicyArn);

export const listAttachedRolePolicies =
  (store: Store): IamOperation<'ListAttachedRolePolicies'> =>
  (input, { scope }) =>
    attached(requireRole(store, scope, input.RoleName), input);

export const listAttachedUserPolicies =
  (store: Store): IamOperation<'ListAttachedUserPolicies'> =>
  (input, { scope }) =>
    attached(requireUser(store, scope, input.UserName), input);
