/** All buckets: their names are one namespace, whoever owns them and wherever they are. */
import { noSuchBucket } from '../s3-error.ts';
import type { Bucket } from './bucket.ts';

export class BucketStore {
  readonly #buckets = new Map<string, Bucket>();

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws ServiceError NoSuchBucket */
  require(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  add(bucket: Bucket): void {
    this.#buckets.set(bucket.name, bucket);
  }

  remove(name: string): void {
    this.#buckets.delete(name);
  }

  /** By name. */
  all(): readonly Bucket[] {
    return [...this.#buckets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
}
