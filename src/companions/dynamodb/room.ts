/** What both services of DynamoDB work on: the tables and streams of every account and region. */
import type { Call } from '../../aws/call.ts';
import type { Scope } from '../../aws/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import { SequenceNumbers } from './stream/sequence-numbers.ts';
import { StreamCatalogue } from './stream/stream-catalogue.ts';
import { Expiry } from './table/expiry.ts';
import { TableDirectory } from './table/table-directory.ts';
import { RequestTokens } from './transaction/request-tokens.ts';

export interface RoomDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export class Room implements Disposable {
  readonly clock: Clock;
  readonly random: Random;
  readonly expiry: Expiry;
  readonly #sequence = new SequenceNumbers();
  readonly #directories = new Map<string, TableDirectory>();

  constructor({ clock, random }: RoomDeps) {
    this.clock = clock;
    this.random = random;
    this.expiry = new Expiry(clock, () => [...this.#directories.values()].flatMap((directory) => directory.all()));
  }

  /** Of the caller. */
  of({ scope }: Pick<Call, 'scope'>): TableDirectory {
    const key = keyOf(scope);
    let directory = this.#directories.get(key);
    if (directory === undefined) {
      const { clock, random } = this;
      directory = new TableDirectory(
        scope,
        new StreamCatalogue({ clock, random, sequence: this.#sequence }),
        new RequestTokens(clock),
      );
      this.#directories.set(key, directory);
    }
    return directory;
  }

  /** The position of the latest change of all. */
  get sequence(): SequenceNumbers {
    return this.#sequence;
  }

  [Symbol.dispose](): void {
    this.expiry[Symbol.dispose]();
  }
}

const keyOf = ({ account, region }: Scope): string => `${account}/${region}`;
