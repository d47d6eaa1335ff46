/** Who there is in each account: roles, users, policies, instance profiles. Identities belong to no region. */
import type { AccountId, Scope } from '../../aws/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { InstanceProfile, ManagedPolicy, Role, User } from './principal.ts';

export interface Account {
  readonly roles: Map<string, Role>;
  readonly users: Map<string, User>;
  /** By ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  readonly instanceProfiles: Map<string, InstanceProfile>;
}

export interface IdentityStoreDeps {
  readonly clock: Clock;
  readonly random: Random;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export class IdentityStore {
  readonly #deps: IdentityStoreDeps;
  readonly #accounts = new Map<AccountId, Account>();

  constructor(deps: IdentityStoreDeps) {
    this.#deps = deps;
  }

  of({ account }: Scope): Account {
    let present = this.#accounts.get(account);
    if (present === undefined) {
      present = { roles: new Map(), users: new Map(), policies: new Map(), instanceProfiles: new Map() };
      this.#accounts.set(account, present);
    }
    return present;
  }

  /** To the second, as IAM keeps it. */
  now(): Date {
    return dateOf(milliseconds(Math.floor(this.#deps.clock.now() / 1000) * 1000));
  }

  after(seconds: number): Date {
    return dateOf(milliseconds(this.now().getTime() + seconds * 1000));
  }

  /** @param prefix which kind of thing it names, `AROA` for example @see IAM user guide, "IAM identifiers" */
  id(prefix: string): string {
    let text = prefix;
    while (text.length < 21) text += letters.charAt(Math.floor(this.#deps.random.fraction() * letters.length));
    return text;
  }

  arn({ partition, account }: Scope, kind: string, path: string, name: string): string {
    return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
  }

  get random(): Random {
    return this.#deps.random;
  }
}
