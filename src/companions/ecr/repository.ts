/** The repositories of every account and region. Images lie elsewhere: in the engine that builds and runs them. */
import { formatArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { dateOf } from '../../kernel/timestamp.ts';

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';

export interface Repository {
  readonly name: string;
  readonly arn: string;
  /** Host, port and name, as an engine takes it. */
  readonly uri: string;
  readonly account: string;
  readonly created: Date;
  readonly tags: Map<string, string>;
  readonly encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE';
  readonly kmsKey: string | undefined;
  tagMutability: TagMutability;
  scanOnPush: boolean;
  policy: string | undefined;
  lifecyclePolicy: string | undefined;
}

export class Repositories {
  readonly #clock: Clock;
  readonly #repositories = new ScopedMap<Map<string, Repository>>(() => new Map());

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  all(scope: Scope): readonly Repository[] {
    return [...this.#repositories.make(scope).values()];
  }

  now(): Date {
    return dateOf(this.#clock.now());
  }

  /** @throws ServiceError RepositoryNotFoundException */
  require(scope: Scope, name: string): Repository {
    const repository = this.#repositories.make(scope).get(name);
    if (repository === undefined) throw notFound(scope, name);
    return repository;
  }

  /** @throws ServiceError RepositoryNotFoundException */
  byArn(scope: Scope, arn: string): Repository {
    return this.require(scope, arn.slice(arn.indexOf('/') + 1));
  }

  add(
    scope: Scope,
    host: string,
    options: Pick<Repository, 'name' | 'tags' | 'encryptionType' | 'kmsKey' | 'tagMutability' | 'scanOnPush'>,
  ): Repository {
    const repositories = this.#repositories.make(scope);
    if (repositories.has(options.name)) {
      throw new ServiceError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${options.name}' already exists in the registry with id '${scope.account}'`,
      );
    }
    const repository: Repository = {
      ...options,
      arn: formatArn({ ...scope, service: 'ecr', resource: `repository/${options.name}` }),
      uri: `${host}/${options.name}`,
      account: scope.account,
      created: this.now(),
      policy: undefined,
      lifecyclePolicy: undefined,
    };
    repositories.set(options.name, repository);
    return repository;
  }

  remove(scope: Scope, { name }: Repository): void {
    this.#repositories.make(scope).delete(name);
  }
}

const notFound = ({ account }: Scope, name: string): ServiceError =>
  new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
