/** Waits for something, but not longer than a limit. */
import type { Clock } from './clock.ts';
import type { Milliseconds } from './quantity.ts';

/** @returns what `work` resolves to; nothing when the limit came first */
export async function settledWithin<T>(clock: Clock, limit: Milliseconds, work: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  using _timer = clock.timer(limit, () => late.resolve(undefined));
  return await Promise.race([work, late.promise]);
}
