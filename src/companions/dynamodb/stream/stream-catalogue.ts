/** The streams of one account and region, those of tables that are gone included, as long as they can be read. */
import type { Scope } from '../../../aws/scope.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { isoTimestamp } from '../../../kernel/timestamp.ts';
import type { Table } from '../table/table.ts';
import { type StreamDeps, TableStream, type ViewType } from './table-stream.ts';

export class StreamCatalogue {
  readonly #deps: StreamDeps;
  readonly #streams = new Map<string, TableStream>();

  constructor(deps: StreamDeps) {
    this.#deps = deps;
  }

  /** Begins the stream of a table. */
  begin({ name, identity, schema }: Table, viewType: ViewType): TableStream {
    const created = this.#deps.clock.now();
    let label = '';
    let arn = '';
    // Two streams of one table have different labels, however fast they follow each other.
    for (let time = created as number; label === '' || this.#streams.has(arn); time++) {
      label = isoTimestamp(milliseconds(time)).slice(0, -1);
      arn = `${identity.arn}/stream/${label}`;
    }
    const stream = new TableStream(
      { tableName: name, arn, label, viewType, keySchema: schema.KeySchema, created },
      this.#deps,
    );
    this.#streams.set(arn, stream);
    return stream;
  }

  find(arn: string): TableStream | undefined {
    return this.all().find(({ identity }) => identity.arn === arn);
  }

  /** In the order of their ARNs. */
  all(): readonly TableStream[] {
    for (const [arn, stream] of this.#streams) if (stream.isForgotten) this.#streams.delete(arn);
    return [...this.#streams.values()].toSorted((one, other) => (one.identity.arn < other.identity.arn ? -1 : 1));
  }
}

export type StreamsOf = (scope: Scope) => StreamCatalogue;
