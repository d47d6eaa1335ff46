/** Randomness as a dependency, so that a test can foresee ids. */
import { randomFillSync, randomUUID } from 'node:crypto';

export interface Random {
  /** A UUID, version 4. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
  /** A number in [0, 1). */
  fraction(): number;
}

/** Asking the system for a few bytes costs as much as asking for many: they are fetched in stock. */
class ByteStock {
  readonly #stock = Buffer.alloc(4096);
  #used = this.#stock.length;

  hex(bytes: number): string {
    if (this.#used + bytes > this.#stock.length) {
      randomFillSync(this.#stock);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += bytes;
    return this.#stock.toString('hex', from, this.#used);
  }
}

const stock = new ByteStock();

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  hex: (bytes) => stock.hex(bytes),
  fraction: () => Math.random(),
};
