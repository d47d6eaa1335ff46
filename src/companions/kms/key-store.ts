/** The keys and aliases of every account and region. */
import { randomBytes } from 'node:crypto';
import { formatArn, parseArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import { keyDisabled, keyPendingDeletion, kmsValidation, notFound } from './kms-faults.ts';
import type { KmsKey } from './kms-key.ts';

export interface Alias {
  readonly name: string;
  readonly arn: string;
  keyId: string;
  readonly created: Date;
  updated: Date;
}

interface Keys {
  readonly keys: Map<string, KmsKey>;
  readonly aliases: Map<string, Alias>;
}

export interface KeyStoreDeps {
  readonly clock: Clock;
  readonly random: Random;
}

const awsAlias = /^alias\/aws\/[a-zA-Z0-9/_-]+$/;

export class KeyStore {
  readonly #deps: KeyStoreDeps;
  readonly #scopes = new ScopedMap<Keys>(() => ({ keys: new Map(), aliases: new Map() }));

  constructor(deps: KeyStoreDeps) {
    this.#deps = deps;
  }

  now(): Date {
    return dateOf(this.#deps.clock.now());
  }

  later(days: number): Date {
    return dateOf(milliseconds(this.#deps.clock.now() + days * 24 * 60 * 60 * 1000));
  }

  token(): string {
    return this.#deps.random.hex(32);
  }

  /** In the order in which they were made; those whose time is over are gone. */
  keys(scope: Scope): readonly KmsKey[] {
    const { keys, aliases } = this.#scopes.make(scope);
    for (const [id, { deletionDue }] of keys) {
      if (deletionDue === undefined || deletionDue > this.now()) continue;
      keys.delete(id);
      for (const [name, alias] of aliases) if (alias.keyId === id) aliases.delete(name);
    }
    return [...keys.values()];
  }

  aliases(scope: Scope): Map<string, Alias> {
    return this.#scopes.make(scope).aliases;
  }

  create(
    scope: Scope,
    options: Pick<KmsKey, 'owner' | 'description'> & { readonly policy?: string | undefined },
  ): KmsKey {
    const id = this.#deps.random.uuid();
    const key: KmsKey = {
      scope,
      id,
      arn: formatArn({ ...scope, service: 'kms', resource: `key/${id}` }),
      created: this.now(),
      owner: options.owner,
      material: randomBytes(32),
      state: 'Enabled',
      deletionDue: undefined,
      description: options.description,
      policy: options.policy ?? defaultPolicy(scope),
      rotates: options.owner === 'AWS',
      tags: new Map(),
      grants: new Map(),
    };
    this.#scopes.make(scope).keys.set(id, key);
    return key;
  }

  setAlias(scope: Scope, name: string, keyId: string): Alias {
    const now = this.now();
    const arn = formatArn({ ...scope, service: 'kms', resource: name });
    const alias: Alias = { name, arn, keyId, created: now, updated: now };
    this.#scopes.make(scope).aliases.set(name, alias);
    return alias;
  }

  /**
   * @param reference key id, key ARN, alias or alias ARN; the aliases that services have for themselves are made on use
   * @throws ServiceError NotFoundException
   */
  require(scope: Scope, reference: string): KmsKey {
    const arn = parseArn(reference);
    if (arn !== undefined && arn.region !== scope.region) throw notFound(`Invalid arn ${arn.region}`);
    const resource = arn?.resource ?? reference;
    if (resource.startsWith('alias/')) return this.#aliased(scope, resource);
    const id = resource.replace(/^key\//, '');
    const key = this.keys(scope).find((each) => each.id === id);
    if (key === undefined) {
      throw notFound(`Key '${formatArn({ ...scope, service: 'kms', resource: `key/${id}` })}' does not exist`);
    }
    return key;
  }

  /** One that can encrypt and decrypt now. @throws ServiceError */
  requireUsable(scope: Scope, reference: string): KmsKey {
    const key = this.require(scope, reference);
    if (key.state === 'Disabled') throw keyDisabled(key.arn);
    if (key.state === 'PendingDeletion') throw keyPendingDeletion(key.arn);
    return key;
  }

  /** For changes, which a key of a service takes from nobody. @throws ServiceError */
  requireOwn(scope: Scope, reference: string): KmsKey {
    if (reference.includes('alias/')) throw kmsValidation(`Invalid keyId ${reference}`);
    const key = this.require(scope, reference);
    if (key.state === 'PendingDeletion') throw keyPendingDeletion(key.arn);
    return key;
  }

  #aliased(scope: Scope, name: string): KmsKey {
    const alias = this.#scopes.make(scope).aliases.get(name);
    if (alias !== undefined) return this.require(scope, alias.keyId);
    if (!awsAlias.test(name)) {
      throw notFound(`Alias ${formatArn({ ...scope, service: 'kms', resource: name })} is not found.`);
    }
    const service = name.slice('alias/aws/'.length);
    const key = this.create(scope, {
      owner: 'AWS',
      description: `Default key that protects my ${service} data when no other key is defined`,
    });
    this.setAlias(scope, name, key.id);
    return key;
  }
}

const defaultPolicy = ({ partition, account }: Scope): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
