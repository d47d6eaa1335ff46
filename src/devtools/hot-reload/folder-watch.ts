/** Watches a folder of code and tells when what is in it has really become something else. */
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';
import { DirectoryWatches } from './directory-watches.ts';
import { FileDigests } from './file-digests.ts';
import { FolderPresence } from './folder-presence.ts';
import { isIgnored } from './ignored-paths.ts';

export interface FolderWatchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** What it settles with is waited for before anything else is looked into; it does not reject. */
  readonly changed: () => void | Promise<void>;
}

/** A folder of code has fewer by far; a home directory, or the root, may have been named by mistake. */
const directoriesAtMost = 10_000;
/** One save of an editor is a handful of events within a millisecond or two. */
const quiet = milliseconds(10);
/** Whoever writes without a pause is not waited for longer. */
const patience = milliseconds(100);

export class FolderWatch implements AsyncDisposable {
  readonly #folder: string;
  readonly #deps: FolderWatchDeps;
  #digests = new FileDigests();
  readonly #watches: DirectoryWatches;
  readonly #presence: FolderPresence;
  readonly #stop = new AbortController();
  #reported = new Set<string>();
  #reportedSince: Milliseconds | undefined;
  #timer: Timer | undefined;
  #identity = '';
  #warned = false;
  #work: Promise<void>;
  #learning: Promise<void> = Promise.resolve();

  private constructor(folder: string, deps: FolderWatchDeps) {
    this.#folder = resolve(folder);
    this.#deps = deps;
    this.#watches = new DirectoryWatches(this.#folder, {
      reported: (path) => this.#report(path),
      failed: (error) => this.#warn(error),
    });
    this.#presence = new FolderPresence(this.#folder, () => this.#report(this.#folder));
    this.#work = this.#begin();
  }

  /**
   * Every change that is made from its return on is told, a folder that is not there yet included.
   * @throws the signal's reason when it aborts first
   */
  static async open(folder: string, deps: FolderWatchDeps, signal: AbortSignal): Promise<FolderWatch> {
    signal.throwIfAborted();
    const watch = new FolderWatch(folder, deps);
    const giveUp = (): void => watch.#stop.abort(signal.reason);
    signal.addEventListener('abort', giveUp);
    await watch.#work;
    signal.removeEventListener('abort', giveUp);
    if (signal.aborted) await watch[Symbol.asyncDispose]();
    signal.throwIfAborted();
    return watch;
  }

  /** Settles when all that was to be looked into so far has been. */
  get settled(): Promise<void> {
    return this.#work;
  }

  /** Settles when the content of the files is known too: before that, a file written anew counts as changed. */
  get learnt(): Promise<void> {
    return this.#learning;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the folder is no longer watched'));
    this.#timer?.[Symbol.dispose]();
    this.#close();
    await this.#work;
    await this.#learning;
    this.#close(); // What was found meanwhile.
  }

  #close(): void {
    this.#presence[Symbol.dispose]();
    this.#watches[Symbol.dispose]();
  }

  #report(path: string): void {
    if (this.#stop.signal.aborted || isIgnored(path, this.#folder)) return;
    this.#reported.add(path);
    const now = this.#deps.clock.monotonic();
    this.#reportedSince ??= now;
    if (this.#timer === undefined) this.#timer = this.#deps.clock.timer(quiet, () => this.#look());
    else if (now - this.#reportedSince < patience) this.#timer.restart();
  }

  #look(): void {
    const paths = this.#reported;
    this.#reported = new Set();
    this.#reportedSince = undefined;
    this.#work = this.#work.then(async () => {
      const { signal } = this.#stop;
      if (signal.aborted) return;
      if ((await this.#differs(paths)) && !signal.aborted) await this.#deps.changed();
    });
  }

  async #differs(paths: ReadonlySet<string>): Promise<boolean> {
    this.#presence.follow();
    if ((await identityOf(this.#folder)) !== this.#identity) {
      await this.#begin();
      return true;
    }
    let different = false;
    // Of what is directly in the folder its own watch tells.
    for (const path of paths) {
      if (path === this.#folder) continue;
      if (await this.#pathDiffers(path)) different = true;
    }
    return different;
  }

  async #pathDiffers(path: string): Promise<boolean> {
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) {
      this.#watches.forget(path);
      return this.#digests.remove(path);
    }
    if (!found.isDirectory()) return this.#digests.changed(path);
    // Perhaps another than before, moved here with all that is in it.
    const before = this.#digests.below(path);
    const now = await this.#walk(path);
    const gone = new Set(before).difference(new Set(now));
    let different = gone.size > 0;
    for (const file of gone) this.#digests.remove(file);
    for (const file of now) {
      if (await this.#digests.changed(file)) different = true;
    }
    return different;
  }

  /** As if nothing was known. */
  async #begin(): Promise<void> {
    this.#watches.forget(this.#folder);
    const digests = new FileDigests();
    this.#digests = digests;
    this.#identity = await identityOf(this.#folder);
    digests.add(await this.#walk(this.#folder));
    const reported = (path: string): boolean => this.#reported.has(path);
    this.#learning = this.#learning.then(() => digests.learn(reported, this.#stop.signal));
  }

  /** Watches a directory and all below it. What is in it comes after its watch, so that nothing falls between. */
  async #walk(directory: string): Promise<readonly string[]> {
    if (this.#stop.signal.aborted) return [];
    if (this.#watches.size >= directoriesAtMost) {
      this.#warn(new Error(`it holds more than ${directoriesAtMost} directories`));
      return [];
    }
    this.#watches.watch(directory);
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    const found = entries.map((entry) => ({ entry, path: join(directory, entry.name) }));
    const files = await Promise.all(
      found
        .filter(({ path }) => !isIgnored(path, this.#folder))
        .map(({ entry, path }) => (entry.isDirectory() ? this.#walk(path) : Promise.resolve([path]))),
    );
    return files.flat();
  }

  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#deps.logger.warn(`Not all of ${this.#folder} can be watched: changes may go unseen. ${remedy(error)}`, {
      error,
    });
  }
}

/** Another folder under the same path has another. */
async function identityOf(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  return found === undefined ? 'missing' : `${found.dev} ${found.ino} ${found.birthtimeMs}`;
}

function remedy(error: unknown): string {
  const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EMFILE');
  return full ? 'Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances.' : '';
}
