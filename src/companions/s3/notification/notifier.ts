/** Tells whoever is configured of what happens to the objects of a bucket. */
import { partitionOf } from '../../../aws/scope.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { KeyVersion, ObjectVersion } from '../object/object-version.ts';
import type { BucketEvent, BucketEventName, EventCause } from './bucket-event.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Destinations } from './destinations.ts';
import { eventMessage } from './event-message.ts';
import { isFor, rulesOf } from './notification-rule.ts';

export interface NotifierDeps {
  readonly destinations: Destinations;
  readonly queue: DeliveryQueue;
  readonly clock: Clock;
}

/** What a delete marker is said to hold: nothing. */
const etagOfNothing = 'd41d8cd98f00b204e9800998ecf8427e';

export class Notifier {
  readonly destinations: Destinations;
  readonly #deps: NotifierDeps;
  #lastSequence = 0;

  constructor(deps: NotifierDeps) {
    this.#deps = deps;
    this.destinations = deps.destinations;
  }

  created(bucket: Bucket, name: BucketEventName, version: ObjectVersion, cause: EventCause): void {
    this.#tell(bucket, name, { version, size: version.content.size, etag: version.etag }, cause);
  }

  removed(bucket: Bucket, name: BucketEventName, version: KeyVersion, cause: EventCause): void {
    const etag = name === 'ObjectRemoved:DeleteMarkerCreated' ? etagOfNothing : undefined;
    this.#tell(bucket, name, { version, size: undefined, etag }, cause);
  }

  /** Of what belongs to an object. */
  changed(bucket: Bucket, name: BucketEventName, version: ObjectVersion, cause: EventCause): void {
    this.#tell(bucket, name, { version, size: undefined, etag: version.etag }, cause);
  }

  #tell(bucket: Bucket, name: BucketEventName, told: Told, cause: EventCause): void {
    const { notification } = bucket.settings;
    const rules = rulesOf(notification);
    if (rules.length === 0 && notification.EventBridgeConfiguration === undefined) return;
    const { destinations, queue } = this.#deps;
    const event = this.#event(bucket, name, told, cause);
    const key = `${bucket.name}/${event.object.key}`;
    for (const rule of rules.filter((candidate) => isFor(candidate, event))) {
      const message = eventMessage(event, rule.id);
      queue.add({
        key: `${rule.id} ${key}`,
        destination: rule.destination.arn,
        run: () => destinations.send(rule.destination, message, event),
      });
    }
    if (notification.EventBridgeConfiguration === undefined) return;
    queue.add({ key: `bus ${key}`, destination: 'EventBridge', run: () => destinations.sendToBus(event) });
  }

  #event(bucket: Bucket, name: BucketEventName, { version, size, etag }: Told, cause: EventCause): BucketEvent {
    return {
      name,
      ...originOf(bucket, cause),
      object: {
        key: version.key,
        size,
        etag,
        versionId: bucket.shownVersion(version.versionId).VersionId,
        sequencer: this.#sequencer(),
      },
    };
  }

  /** Grows with time, and with every event of the same moment. */
  #sequencer(): string {
    this.#lastSequence = Math.max(this.#lastSequence + 1, this.#deps.clock.now() * 1000);
    return this.#lastSequence.toString(16).toUpperCase().padStart(18, '0');
  }
}

interface Told {
  readonly version: KeyVersion;
  readonly size: number | undefined;
  readonly etag: string | undefined;
}

/** Of a request to a bucket, what every message about it says. */
export function originOf(
  { name, region, owner }: Bucket,
  cause: EventCause,
): Pick<BucketEvent, 'time' | 'bucket' | 'requester'> {
  const forwarded = cause.headers['x-forwarded-for'];
  return {
    time: cause.clock.now(),
    bucket: { name, region, owner, partition: partitionOf(region) },
    requester: {
      account: cause.scope.account,
      accessKeyId: cause.accessKeyId,
      address: typeof forwarded === 'string' ? (forwarded.split(',')[0] ?? '').trim() : '127.0.0.1',
      requestId: cause.requestId,
      hostId: cause.hostId,
    },
  };
}
