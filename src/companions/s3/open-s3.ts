/** Opens S3. */
import { join } from 'node:path';
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { BucketStore } from './bucket/bucket-store.ts';
import { ContentStore } from './content/content-store.ts';
import { DeliveryQueue } from './notification/delivery-queue.ts';
import { Destinations } from './notification/destinations.ts';
import { Notifier } from './notification/notifier.ts';
import { S3Service } from './s3-service.ts';

export function openS3(deps: CompanionDeps): EmbeddedService {
  const { clock, random, logger, clients, functions, folder, publicOrigin } = deps;
  const contents = new ContentStore(join(folder, 's3'), random);
  const queue = new DeliveryQueue({ clock, logger });
  const notifier = new Notifier({ destinations: new Destinations(clients, functions), queue, clock });
  return new S3Service({
    buckets: new BucketStore(),
    contents,
    notifier,
    clock,
    random,
    logger,
    publicOrigin,
    async close() {
      await queue[Symbol.asyncDispose]();
      await contents[Symbol.asyncDispose]();
    },
  });
}
