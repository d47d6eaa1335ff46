/** Credentials for a while: they sign, and act in the account of whom they stand for. */
import { parseArn } from '../../../aws/arn.ts';
import { type AccountId, accountId } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { AccessKeys, KeyOwner } from '../../../aws/sigv4/access-keys.ts';
import { roleCredentials } from '../../../aws/sigv4/role-credentials.ts';
import { roleIdOf } from '../../../aws/sigv4/role-id.ts';
import type { IdentityStore } from '../identity-store.ts';

export interface RoleSession {
  readonly account: AccountId;
  readonly roleName: string;
  readonly roleId: string;
  readonly arn: string;
}

export class Sessions {
  readonly #store: IdentityStore;
  readonly #keys: AccessKeys;

  constructor(store: IdentityStore, keys: AccessKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** @param duration seconds */
  credentials(account: AccountId, owner: KeyOwner, duration: number) {
    const { accessKeyId, secretAccessKey, sessionToken } = roleCredentials(account, this.#store.random);
    this.#keys.issue(accessKeyId, { secret: secretAccessKey, sessionToken, owner });
    return {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: this.#store.after(duration),
    };
  }

  /** A role need not exist to be assumed: tools come with ARNs of accounts that are nowhere here. */
  ofRole(roleArn: string, sessionName: string): RoleSession {
    const arn = parseArn(roleArn);
    const path = arn?.resource.startsWith('role/') === true ? arn.resource.slice('role'.length) : undefined;
    if (arn === undefined || path === undefined || !/^\d{12}$/.test(arn.account)) {
      throw new ServiceError('ValidationError', `${roleArn} is invalid`, { status: 400 });
    }
    const roleName = path.slice(path.lastIndexOf('/') + 1);
    const account = accountId(arn.account);
    return {
      account,
      roleName,
      roleId: roleIdOf(roleArn),
      arn: `arn:${arn.partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    };
  }
}
