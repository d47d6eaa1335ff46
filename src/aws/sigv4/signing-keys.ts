/** Derives the key that signs a day's requests to one service of one region, and keeps those in use. */
import { createHmac } from 'node:crypto';

export interface CredentialScope {
  /** `20260131` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A daemon serves few callers a day. */
const keptAtMost = 256;

export class SigningKeys {
  readonly #keys = new Map<string, Buffer>();

  /** @see IAM user guide, "Create a signed AWS API request", step 3 */
  keyOf(secret: string, { date, region, service }: CredentialScope): Buffer {
    const name = JSON.stringify([secret, date, region, service]);
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
      (derived, part) => createHmac('sha256', derived).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    // Yesterday's keys go first: a Map remembers the order in which they came.
    const [oldest] = this.#keys.keys();
    if (oldest !== undefined && this.#keys.size >= keptAtMost) this.#keys.delete(oldest);
    this.#keys.set(name, key);
    return key;
  }
}
