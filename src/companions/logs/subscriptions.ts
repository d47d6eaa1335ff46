/** Hands on what comes into log groups to those who subscribed: functions, and streams of Kinesis. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { parseArn } from '../../aws/arn.ts';
import type { ServiceClients } from '../../aws/clients/service-clients.ts';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { FunctionTarget } from '../function-target.ts';
import type { LogGroup, LogStream, StoredEvent, SubscriptionFilter } from './log-group.ts';
import type { AppendedEvent, LogStore } from './log-store.ts';
import { eventId } from './operations/read-events.ts';

const gzipped = promisify(gzip);

export interface SubscriptionsDeps {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly functions: FunctionTarget;
  readonly clients: ServiceClients;
}

interface Batch {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly filter: SubscriptionFilter;
  readonly events: StoredEvent[];
}

/** Events of one stream that come within this time go together. */
const gathering = milliseconds(50);

export class Subscriptions implements AsyncDisposable {
  readonly #deps: SubscriptionsDeps;
  readonly #watch: Disposable;
  readonly #batches = new Map<string, Batch>();
  readonly #sending = new Set<Promise<void>>();
  #timer: Timer | undefined;

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
    this.#watch = deps.store.watch((appended) => this.#take(appended));
  }

  /** What is gathered is still sent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
    this.#sendAll();
    await Promise.all(this.#sending);
  }

  #take({ group, stream, event }: AppendedEvent): void {
    for (const filter of group.subscriptions.values()) {
      if (!filter.fits(event.message)) continue;
      const key = `${group.arn} ${stream.name} ${filter.name}`;
      const batch = this.#batches.get(key);
      if (batch !== undefined) batch.events.push(event);
      else this.#begin(key, { group, stream, filter, events: [event] });
    }
  }

  #begin(key: string, batch: Batch): void {
    if (this.#batches.size === 0) {
      this.#timer?.[Symbol.dispose]();
      this.#timer = this.#deps.clock.timer(gathering, () => this.#sendAll());
    }
    this.#batches.set(key, batch);
  }

  #sendAll(): void {
    for (const batch of this.#batches.values()) {
      const sending: Promise<void> = this.#send(batch)
        .catch((error: unknown) =>
          this.#deps.logger.warn('a subscription of a log group could not be served', {
            logGroup: batch.group.name,
            destination: batch.filter.destinationArn,
            error,
          }),
        )
        .finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
    this.#batches.clear();
  }

  async #send({ group, stream, filter, events }: Batch): Promise<void> {
    const document = {
      messageType: 'DATA_MESSAGE',
      owner: group.scope.account,
      logGroup: group.name,
      logStream: stream.name,
      subscriptionFilters: [filter.name],
      logEvents: events.map((event) => ({ id: eventId(event), timestamp: event.timestamp, message: event.message })),
    };
    const data = await gzipped(JSON.stringify(document));
    const destination = parseArn(filter.destinationArn);
    if (destination?.service === 'lambda') return this.#invoke(group, filter.destinationArn, data);
    if (destination === undefined) return;
    const client = await this.#deps.clients.kinesis(
      scopeOf(accountId(destination.account), region(destination.region)),
    );
    const { PutRecordCommand } = await import('@aws-sdk/client-kinesis');
    await client.send(
      new PutRecordCommand({ StreamARN: filter.destinationArn, Data: data, PartitionKey: stream.name }),
    );
  }

  async #invoke(group: LogGroup, functionArn: string, data: Buffer): Promise<void> {
    const payload = Buffer.from(JSON.stringify({ awslogs: { data: data.toString('base64') } }));
    const sourceArn = `${group.arn}:*`;
    const delivery = await this.#deps.functions.deliver({
      functionArn,
      payload,
      principal: 'logs.amazonaws.com',
      sourceArn,
    });
    if (delivery.kind === 'refused') throw new Error(delivery.message);
  }
}
