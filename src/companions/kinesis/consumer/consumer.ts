/** A registered consumer of a stream: it has each shard for itself, one subscription at a time. */
import type { LifeCycle } from '../stream/life-cycle.ts';
import type { Subscription } from './subscription.ts';

/** Source: Kinesis API reference, SubscribeToShard: a second call within five seconds of a successful one is refused. */
const exclusive = 5000;

interface Running {
  readonly subscription: Subscription;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

export class Consumer {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly life: LifeCycle;
  readonly tags: Map<string, string>;
  /** By the shard's id. */
  readonly #running = new Map<string, Running>();

  constructor(name: string, arn: string, life: LifeCycle, created: number, tags: Map<string, string>) {
    this.name = name;
    this.arn = arn;
    this.life = life;
    this.created = created;
    this.tags = tags;
  }

  isTaken(shardId: string, now: number): boolean {
    const started = this.#running.get(shardId)?.started;
    return started !== undefined && now - started < exclusive;
  }

  /** Takes the shard over from the subscription that had it. */
  start(shardId: string, subscription: Subscription, now: number): void {
    this.#running.get(shardId)?.subscription.end('taken-over');
    this.#running.set(shardId, { subscription, started: now });
  }

  /** With the stream or the consumer goes all that it was subscribed to. */
  end(): void {
    for (const { subscription } of this.#running.values()) subscription.end('deleted');
    this.#running.clear();
  }
}
