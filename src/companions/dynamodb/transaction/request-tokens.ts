/** Requests that were carried out already: one that comes again under its token is not carried out again. */
import { createHash } from 'node:crypto';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import type { RawInput } from '../item/item.ts';

/** Source: API reference, "TransactWriteItems". */
const lifetime = milliseconds(10 * 60 * 1000);

interface Remembered {
  readonly digest: string;
  readonly until: Milliseconds;
  readonly output: RawInput;
}

export class RequestTokens {
  readonly #clock: Clock;
  readonly #remembered = new Map<string, Remembered>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @returns What the request was answered when it was carried out, if it was.
   * @throws ServiceError IdempotentParameterMismatchException for another request under the same token
   */
  find(token: string, request: unknown): RawInput | undefined {
    const now = this.#clock.now();
    // Oldest first, as they were added.
    for (const [known, { until }] of this.#remembered) {
      if (until > now) break;
      this.#remembered.delete(known);
    }
    const remembered = this.#remembered.get(token);
    if (remembered !== undefined && remembered.digest !== digestOf(request)) {
      const text =
        'Request rejected because it has been sent with a client token that was used with other parameters before.';
      throw new ServiceError('IdempotentParameterMismatchException', text, { type: null });
    }
    return remembered?.output;
  }

  remember(token: string, request: unknown, output: RawInput): void {
    const until = milliseconds(this.#clock.now() + lifetime);
    this.#remembered.set(token, { digest: digestOf(request), until, output });
  }
}

const digestOf = (request: unknown): string => createHash('sha256').update(JSON.stringify(request)).digest('base64');
