/** Tells whoever is configured of what happens to the objects of a bucket. */
import { partitionOf } from '../../../aws/scope.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { KeyVersion, ObjectVersion } from '../object/object-version.ts';
import type { S3Call } from '../s3-call.ts';
import type { BucketEvent, BucketEventName } from './bucket-event.ts';
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

  created(bucket: Bucket, name: BucketEventName, version: ObjectVersion, call: S3Call): void {
    this.#tell(bucket, name, { version, size: version.content.size, etag: version.etag }, call);
  }

  removed(bucket: Bucket, name: BucketEventName, version: KeyVersion, call: S3Call): void {
    const etag = name === 'ObjectRemoved:DeleteMarkerCreated' ? etagOfNothing : undefined;
    this.#tell(bucket, name, { version, size: undefined, etag }, call);
  }

  /** Of what belongs to an object. */
  changed(bucket: Bucket, name: BucketEventName, version: ObjectVersion, call: S3Call): void {
    this.#tell(bucket, name, { version, size: undefined, etag: version.etag }, call);
  }

  #tell(bucket: Bucket, name: BucketEventName, told: Told, call: S3Call): void {
    const { notification } = bucket.settings;
    const rules = rulesOf(notification);
    if (rules.length === 0 && notification.EventBridgeConfiguration === undefined) return;
    const { destinations, queue } = this.#deps;
    const event = this.#event(bucket, name, told, call);
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

  #event(bucket: Bucket, name: BucketEventName, { version, size, etag }: Told, call: S3Call): BucketEvent {
    return {
      name,
      ...originOf(bucket, call),
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
  call: S3Call,
): Pick<BucketEvent, 'time' | 'bucket' | 'requester'> {
  const forwarded = call.headers['x-forwarded-for'];
  return {
    time: call.clock.now(),
    bucket: { name, region, owner, partition: partitionOf(region) },
    requester: {
      account: call.scope.account,
      accessKeyId: call.accessKeyId,
      address: typeof forwarded === 'string' ? (forwarded.split(',')[0] ?? '').trim() : '127.0.0.1',
      requestId: call.requestId,
      hostId: call.hostId,
    },
  };
}
