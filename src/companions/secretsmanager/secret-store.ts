/** The secrets of every account and region. */
import { formatArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { Secret } from './secret.ts';
import { markedForDeletion, secretNotFound } from './secret-faults.ts';

export interface SecretStoreDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export class SecretStore {
  readonly #deps: SecretStoreDeps;
  /** By name. */
  readonly #secrets = new ScopedMap<Map<string, Secret>>(() => new Map());

  constructor(deps: SecretStoreDeps) {
    this.#deps = deps;
  }

  now(): Date {
    return dateOf(this.#deps.clock.now());
  }

  later(days: number): Date {
    return dateOf(milliseconds(this.#deps.clock.now() + days * 24 * 60 * 60 * 1000));
  }

  versionId(): string {
    return this.#deps.random.uuid();
  }

  fraction(): number {
    return this.#deps.random.fraction();
  }

  /** In the order in which they were created; those whose time is over are gone. */
  all(scope: Scope): readonly Secret[] {
    const secrets = this.#secrets.make(scope);
    for (const [name, { deletionDue }] of secrets) {
      if (deletionDue !== undefined && deletionDue <= this.now()) secrets.delete(name);
    }
    return [...secrets.values()];
  }

  /** @param id name, ARN, or ARN without the six characters at its end */
  find(scope: Scope, id: string): Secret | undefined {
    const secrets = this.all(scope);
    return secrets.find(({ name, arn }) => name === id || arn === id || arn.slice(0, -7) === id);
  }

  /** One that can be used. @throws ServiceError when there is none, or it is scheduled for deletion */
  require(scope: Scope, id: string): Secret {
    const secret = this.requireAny(scope, id);
    if (secret.deleted !== undefined) throw markedForDeletion();
    return secret;
  }

  /** @throws ServiceError when there is none */
  requireAny(scope: Scope, id: string): Secret {
    const secret = this.find(scope, id);
    if (secret === undefined) throw secretNotFound();
    return secret;
  }

  create(scope: Scope, name: string): Secret {
    const now = this.now();
    const secret: Secret = {
      scope,
      arn: formatArn({ ...scope, service: 'secretsmanager', resource: `secret:${name}-${this.#suffix()}` }),
      name,
      created: now,
      description: undefined,
      kmsKeyId: undefined,
      changed: now,
      deleted: undefined,
      deletionDue: undefined,
      policy: undefined,
      tags: new Map(),
      versions: new Map(),
      stages: new Map(),
    };
    this.#secrets.make(scope).set(name, secret);
    return secret;
  }

  remove({ scope, name }: Secret): void {
    this.#secrets.make(scope).delete(name);
  }

  /** Keeps apart a secret and a later one of the same name. */
  #suffix(): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    return Array.from({ length: 6 }, () => letters.charAt(Math.floor(this.fraction() * letters.length))).join('');
  }
}
