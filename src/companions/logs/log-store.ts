/**
 * The log events of every account and region: what functions write, from the start of the daemon, and what is put. Kept in
 * memory up to a limit; the oldest go first.
 */
import { formatArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LogGroup, LogStream, StoredEvent } from './log-group.ts';

export interface AppendedEvent {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly event: StoredEvent;
}

/** UTF-16 units of messages kept in all. */
const keptSize = 16 * 1024 * 1024;

/** The same of one stream that a function writes: one that floods costs no more than that. */
const keptOfFunction = 1024 * 1024;

/** What an event costs beside its text. */
const eventOverhead = 96;

const day = 24 * 60 * 60 * 1000;

export class LogStore {
  readonly #clock: Clock;
  readonly #groups = new ScopedMap<Map<string, LogGroup>>(() => new Map());
  readonly #watchers = new Set<(appended: AppendedEvent) => void>();
  #size = 0;
  #latestId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** In the order of their names. */
  groups(scope: Scope): readonly LogGroup[] {
    return [...this.#groups.make(scope).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(scope: Scope, name: string): LogGroup | undefined {
    return this.#groups.get(scope)?.get(name);
  }

  createGroup(
    scope: Scope,
    name: string,
    options: Partial<Pick<LogGroup, 'kmsKeyId' | 'logGroupClass'>> = {},
  ): LogGroup {
    const group: LogGroup = {
      scope,
      name,
      arn: formatArn({ ...scope, service: 'logs', resource: `log-group:${name}` }),
      created: this.now(),
      kmsKeyId: options.kmsKeyId,
      logGroupClass: options.logGroupClass ?? 'STANDARD',
      retentionInDays: undefined,
      tags: new Map(),
      streams: new Map(),
      subscriptions: new Map(),
    };
    this.#groups.make(scope).set(name, group);
    return group;
  }

  createStream(group: LogGroup, name: string): LogStream {
    const stream: LogStream = {
      name,
      arn: `${group.arn}:log-stream:${name}`,
      created: this.now(),
      events: [],
      lastIngestion: undefined,
      size: 0,
    };
    group.streams.set(name, stream);
    return stream;
  }

  removeGroup(group: LogGroup): void {
    for (const stream of group.streams.values()) this.#size -= stream.size;
    this.#groups.make(group.scope).delete(group.name);
  }

  removeStream(group: LogGroup, stream: LogStream): void {
    this.#size -= stream.size;
    group.streams.delete(stream.name);
  }

  /** What a function writes makes its group and stream. */
  write(scope: Scope, groupName: string, streamName: string, timestamp: number, message: string): void {
    const group = this.find(scope, groupName) ?? this.createGroup(scope, groupName);
    const stream = group.streams.get(streamName) ?? this.createStream(group, streamName);
    this.append(group, stream, timestamp, message);
    if (stream.size > keptOfFunction) this.#drop(stream, Math.ceil(stream.events.length / 2));
  }

  append(group: LogGroup, stream: LogStream, timestamp: number, message: string): void {
    this.#latestId += 1;
    const event: StoredEvent = { id: this.#latestId, timestamp, ingested: this.now(), message };
    insert(stream.events, event);
    stream.lastIngestion = event.ingested;
    const size = message.length + eventOverhead;
    stream.size += size;
    this.#size += size;
    if (this.#size > keptSize) this.#shrink();
    for (const watcher of this.#watchers) watcher({ group, stream, event });
  }

  /** The events of a stream that its group's retention leaves. */
  events({ retentionInDays }: LogGroup, stream: LogStream): readonly StoredEvent[] {
    if (retentionInDays !== undefined) {
      const oldest = this.now() - retentionInDays * day;
      const first = stream.events.findIndex(({ timestamp }) => timestamp >= oldest);
      this.#drop(stream, first < 0 ? stream.events.length : first);
    }
    return stream.events;
  }

  /** Calls `watcher` with each new event until the returned value is disposed. */
  watch(watcher: (appended: AppendedEvent) => void): Disposable {
    this.#watchers.add(watcher);
    return {
      [Symbol.dispose]: () => {
        this.#watchers.delete(watcher);
      },
    };
  }

  /** Each stream loses its older half until a quarter of the room is free: one by one would move the rest each time. */
  #shrink(): void {
    while (this.#size > keptSize * 0.75) {
      const before = this.#size;
      for (const groups of this.#groups.values()) {
        for (const { streams } of groups.values()) {
          for (const stream of streams.values()) this.#drop(stream, Math.ceil(stream.events.length / 2));
        }
      }
      if (this.#size === before) return;
    }
  }

  #drop(stream: LogStream, count: number): void {
    for (const { message } of stream.events.splice(0, count)) {
      stream.size -= message.length + eventOverhead;
      this.#size -= message.length + eventOverhead;
    }
  }
}

/** Nearly all come in the order of their time. */
function insert(events: StoredEvent[], event: StoredEvent): void {
  let at = events.length;
  while (at > 0 && (events[at - 1]?.timestamp ?? 0) > event.timestamp) at -= 1;
  if (at === events.length) events.push(event);
  else events.splice(at, 0, event);
}
