/** The streams of every account and region. */
import { formatArn, parseArn } from '../../../aws/arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import { ScopedMap } from '../../../aws/scoped-map.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Consumer } from '../consumer/consumer.ts';
import { inUse, invalidArgument, notFound, streamNotFound } from '../kinesis-faults.ts';
import { DataStream, type StreamSettings } from './data-stream.ts';

/** How nearly every operation names its stream. */
export interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

interface BillingCommitment {
  readonly Status: 'ENABLED' | 'DISABLED';
  readonly StartedAt?: Date;
  readonly EndedAt?: Date;
}

export interface AccountSettings {
  billingCommitment: BillingCommitment | undefined;
}

export class StreamStore implements Disposable {
  readonly clock: Clock;
  /** By name. */
  readonly #streams = new ScopedMap<Map<string, DataStream>>(() => new Map());
  readonly #accounts = new ScopedMap<AccountSettings>(() => ({ billingCommitment: undefined }));
  /** Of streams and consumers, by ARN. */
  readonly policies = new Map<string, string>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  account(scope: Scope): AccountSettings {
    return this.#accounts.make(scope);
  }

  /** In the order of their names. */
  all(scope: Scope): readonly DataStream[] {
    const streams = [...(this.#streams.get(scope)?.keys() ?? [])].map((name) => this.find(scope, name));
    return streams
      .filter((stream) => stream !== undefined)
      .toSorted((a, b) => (a.origin.name < b.origin.name ? -1 : 1));
  }

  find(scope: Scope, name: string): DataStream | undefined {
    const streams = this.#streams.get(scope);
    const stream = streams?.get(name);
    if (stream?.life.state !== 'GONE') return stream;
    streams?.delete(name);
    return undefined;
  }

  create(scope: Scope, name: string, shardCount: number, settings: StreamSettings): DataStream {
    const arn = formatArn({ ...scope, service: 'kinesis', resource: `stream/${name}` });
    const stream = new DataStream({ scope, name, arn, shardCount, clock: this.clock }, settings);
    this.#streams.make(scope).set(name, stream);
    return stream;
  }

  /** Starts to delete it; whoever reads it is told. */
  remove(stream: DataStream): void {
    stream.life.begin('DELETING');
    for (const consumer of stream.consumers.values()) this.policies.delete(consumer.arn);
    this.policies.delete(stream.origin.arn);
    stream.close();
  }

  /** @throws ServiceError when there is none, or it is not named */
  require(scope: Scope, { StreamName, StreamARN }: StreamReference): DataStream {
    if (StreamARN !== undefined) return this.#requireArn(StreamARN, StreamName);
    if (StreamName === undefined) throw invalidArgument('Either StreamName or StreamARN must be provided.');
    const stream = this.find(scope, StreamName);
    if (stream === undefined) throw streamNotFound(StreamName, scope);
    return stream;
  }

  /** One that can be changed. @throws ServiceError */
  requireActive(scope: Scope, reference: StreamReference): DataStream {
    const stream = this.require(scope, reference);
    const { state } = stream.life;
    if (state !== 'ACTIVE') {
      const { name } = stream.origin;
      throw inUse(`Stream ${name} under account ${scope.account} not ACTIVE, instead in state ${state}`);
    }
    return stream;
  }

  /** One whose records are there. @throws ServiceError */
  requireReadable(scope: Scope, reference: StreamReference): DataStream {
    const stream = this.require(scope, reference);
    const { state } = stream.life;
    if (state === 'CREATING' || state === 'DELETING') throw streamNotFound(stream.origin.name, stream.origin.scope);
    return stream;
  }

  /** @throws ServiceError */
  requireConsumer(consumerArn: string): { readonly stream: DataStream; readonly consumer: Consumer } {
    const [streamArn = '', rest = ''] = consumerArn.split('/consumer/');
    const stream = this.#requireArn(streamArn, undefined);
    const consumer = this.findConsumer(stream, rest.replace(/:\d+$/, ''));
    if (consumer?.arn !== consumerArn) throw notFound(`Consumer ${consumerArn} not found.`);
    return { stream, consumer };
  }

  findConsumer(stream: DataStream, name: string): Consumer | undefined {
    const consumer = stream.consumers.get(name);
    if (consumer?.life.state !== 'GONE') return consumer;
    stream.consumers.delete(name);
    return undefined;
  }

  /** Those of a stream, in the order in which they were registered. */
  consumers(stream: DataStream): readonly Consumer[] {
    return [...stream.consumers.keys()].flatMap((name) => this.findConsumer(stream, name) ?? []);
  }

  /** Ends what streams are subscribed to. */
  [Symbol.dispose](): void {
    for (const streams of this.#streams.values()) for (const stream of streams.values()) stream.close();
  }

  #requireArn(arnText: string, alsoNamed: string | undefined): DataStream {
    const arn = parseArn(arnText);
    const name = /^stream\/([^/]+)$/.exec(arn?.resource ?? '')?.[1];
    if (arn === undefined || name === undefined)
      throw invalidArgument(`StreamARN ${arnText} is not the ARN of a stream.`);
    if (alsoNamed !== undefined && alsoNamed !== name) {
      throw invalidArgument(`StreamName ${alsoNamed} and StreamARN ${arnText} do not name the same stream.`);
    }
    const scope = scopeOf(accountId(arn.account), region(arn.region));
    const stream = this.find(scope, name);
    if (stream === undefined) throw streamNotFound(name, scope);
    return stream;
  }
}
