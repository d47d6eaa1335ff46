/** One caller's patience with work that others wait for too: the work itself goes on. */

/** @throws the signal's reason when it aborts first, and whatever the work rejects with. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(signal.reason as Error);
  work.catch(() => undefined); // Perhaps nobody waits any more when it fails.
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
