/** Folders made from content that never changes: each made once, on first need, for all who use it, and removed late. */
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';

export interface SharedFoldersDeps {
  /** Owned by this object alone: made at the start and removed at the end. */
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Makes the folder `target`, which does not exist, whole or not at all; the signal aborts when the daemon stops. */
export type FolderMaker = (target: string, signal: AbortSignal) => Promise<void>;

// The longest invocation is 15 minutes: after that nothing can run from a folder whose versions are all gone.
const keptAfterUse = milliseconds(16 * 60_000);

export class SharedFolders implements AsyncDisposable {
  readonly #deps: SharedFoldersDeps;
  readonly #folders = new Map<string, Promise<string>>();
  readonly #discarding = new Map<string, Timer>();
  readonly #working = new Set<Promise<unknown>>();
  readonly #disposal = new AbortController();

  constructor(deps: SharedFoldersDeps) {
    this.#deps = deps;
    mkdirSync(deps.directory, { recursive: true, mode: 0o755 });
  }

  /**
   * The folder with this content; to be read only.
   * @param key names the content and can name a file
   * @throws whatever `make` throws, the signal's reason when it aborts first.
   */
  async pathOf(key: string, make: FolderMaker, signal: AbortSignal): Promise<string> {
    this.#keep(key);
    const shared = this.#folders.get(key);
    if (shared !== undefined) {
      const path = await unlessAborted(shared, signal).catch(() => signal.throwIfAborted());
      // What another caller began may have failed on content that was removed and is there again now.
      if (path !== undefined) return path;
    }
    return await unlessAborted(this.#folders.get(key) ?? this.#begin(key, make), signal);
  }

  /** Nobody wants the content any more; its folder goes when nothing can run from it any more. */
  discard(key: string): void {
    if (!this.#folders.has(key) || this.#discarding.has(key)) return;
    const remove = (): void => {
      this.#discarding.delete(key);
      const folder = this.#folders.get(key);
      this.#folders.delete(key);
      if (folder === undefined) return;
      void this.#owned(folder.then((path) => rm(path, { recursive: true, force: true }))).catch((error: unknown) =>
        this.#deps.logger.warn('A folder of unpacked code could not be removed', { error }),
      );
    };
    this.#discarding.set(key, this.#deps.clock.timer(keptAfterUse, remove));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal.abort(new Error('the daemon stops'));
    for (const timer of this.#discarding.values()) timer[Symbol.dispose]();
    this.#discarding.clear();
    await Promise.allSettled(this.#working);
    this.#folders.clear();
    await rm(this.#deps.directory, { recursive: true, force: true });
  }

  #keep(key: string): void {
    this.#discarding.get(key)?.[Symbol.dispose]();
    this.#discarding.delete(key);
  }

  #begin(key: string, make: FolderMaker): Promise<string> {
    const folder = this.#owned(this.#make(key, make));
    this.#folders.set(key, folder);
    folder.catch(() => {
      if (this.#folders.get(key) === folder) this.#folders.delete(key);
    });
    return folder;
  }

  async #make(key: string, make: FolderMaker): Promise<string> {
    const { signal } = this.#disposal;
    signal.throwIfAborted();
    // A name of its own each time, so that a folder on its way out is never in the way.
    const target = join(this.#deps.directory, `${key}-${this.#deps.random.hex(4)}`);
    await make(target, signal);
    return target;
  }

  #owned<Value>(work: Promise<Value>): Promise<Value> {
    this.#working.add(work);
    const forget = (): void => void this.#working.delete(work);
    work.then(forget, forget);
    return work;
  }
}

/** One caller's patience with work that others share: the work itself goes on. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
