/** Randomness as a dependency, so that a test can foresee ids. */
import { randomBytes, randomUUID } from 'node:crypto';

export interface Random {
  /** A UUID, version 4. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
  /** A number in [0, 1). */
  fraction(): number;
}

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
  fraction: () => Math.random(),
};
