/** The objects of a bucket by key, each with its versions, in the order in which they are listed. */
import { compareKeys, keyPosition } from '../listing/key-order.ts';
import type { KeyVersion, ObjectVersion } from './object-version.ts';

export class ObjectIndex {
  /** In order. */
  readonly #keys: string[] = [];
  /** The newest version first. */
  readonly #versions = new Map<string, readonly KeyVersion[]>();

  /** Every key that has a version, a delete marker included. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  versionsOf(key: string): readonly KeyVersion[] {
    return this.#versions.get(key) ?? [];
  }

  newest(key: string): KeyVersion | undefined {
    return this.#versions.get(key)?.[0];
  }

  /** The object that a reader finds who names no version. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.newest(key);
    return newest?.kind === 'object' ? newest : undefined;
  }

  version(key: string, versionId: string): KeyVersion | undefined {
    return this.versionsOf(key).find((version) => version.versionId === versionId);
  }

  /** As the newest. @returns what had the same id, and is no more */
  add(version: KeyVersion): KeyVersion | undefined {
    const { key, versionId } = version;
    const former = this.versionsOf(key);
    if (former.length === 0) this.#insert(key);
    this.#versions.set(key, [version, ...former.filter((other) => other.versionId !== versionId)]);
    return former.find((other) => other.versionId === versionId);
  }

  /** Puts another in the place of the one with its key and id. */
  replace(version: KeyVersion): void {
    const others = this.versionsOf(version.key);
    this.#versions.set(
      version.key,
      others.map((other) => (other.versionId === version.versionId ? version : other)),
    );
  }

  /** @returns what was removed */
  remove(key: string, versionId: string): KeyVersion | undefined {
    const former = this.versionsOf(key);
    const removed = former.find((version) => version.versionId === versionId);
    if (removed === undefined) return undefined;
    const left = former.filter((version) => version !== removed);
    if (left.length > 0) {
      this.#versions.set(key, left);
    } else {
      this.#versions.delete(key);
      this.#keys.splice(keyPosition(this.#keys, key), 1);
    }
    return removed;
  }

  /** Keys often come in their order. */
  #insert(key: string): void {
    const last = this.#keys.at(-1);
    if (last === undefined || compareKeys(last, key) < 0) this.#keys.push(key);
    else this.#keys.splice(keyPosition(this.#keys, key), 0, key);
  }
}
