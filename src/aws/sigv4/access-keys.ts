/**
 * The access keys that can sign, with their secrets: those of the setting, those that functions were given, and two rules
 * for everybody else's tests. `test` and keys of twelve digits, which name an account, have the secret `test`.
 */

/** Who has an access key. */
export type KeyOwner =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'role';
      readonly roleArn: string;
      readonly sessionName: string;
    }
  | { readonly kind: 'user'; readonly arn: string; readonly userId: string };

export interface AccessKey {
  readonly secret: string;
  /** Where there is one, requests must carry it. */
  readonly sessionToken: string | undefined;
  readonly owner: KeyOwner;
}

/** Environments come and go, and nobody says when the last request that one of them signed has come. */
const issuedAtMost = 10_000;

const testSecret = 'test';

export class AccessKeys {
  readonly #listed: ReadonlyMap<string, string>;
  readonly #issued = new Map<string, AccessKey>();

  /** @param listed Secrets by access key id. */
  constructor(listed: ReadonlyMap<string, string>) {
    this.#listed = listed;
  }

  /** From now on the key can sign; the oldest one of very many no longer. */
  issue(accessKeyId: string, key: AccessKey): void {
    const [oldest] = this.#issued.keys();
    if (oldest !== undefined && this.#issued.size >= issuedAtMost) this.#issued.delete(oldest);
    this.#issued.set(accessKeyId, key);
  }

  /** The key can sign no more. */
  revoke(accessKeyId: string): void {
    this.#issued.delete(accessKeyId);
  }

  find(accessKeyId: string): AccessKey | undefined {
    const listed = this.#listed.get(accessKeyId);
    if (listed !== undefined) return ofAccount(listed);
    const issued = this.#issued.get(accessKeyId);
    if (issued !== undefined) return issued;
    return accessKeyId === 'test' || /^\d{12}$/.test(accessKeyId) ? ofAccount(testSecret) : undefined;
  }
}

const ofAccount = (secret: string): AccessKey => ({ secret, sessionToken: undefined, owner: { kind: 'account' } });
