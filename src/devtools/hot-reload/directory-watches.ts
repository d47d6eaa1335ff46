/** The system's watches over a tree of directories: one for each on Linux, a single one where it takes in all below. */
import { type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import process from 'node:process';

export interface DirectoryWatchesDeps {
  /** Something happened to this path: it may be new, other, the same, or gone. */
  readonly reported: (path: string) => void;
  /** Of some directory nothing will be reported. */
  readonly failed: (error: unknown) => void;
}

// On Linux, Node.js itself would watch each file for want of a recursive watch, and lose those that are replaced.
const recursive = process.platform !== 'linux';

export class DirectoryWatches implements Disposable {
  readonly #root: string;
  readonly #deps: DirectoryWatchesDeps;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(root: string, deps: DirectoryWatchesDeps) {
    this.#root = root;
    this.#deps = deps;
  }

  /** How many watches there are. */
  get size(): number {
    return this.#watchers.size;
  }

  /** Watches the directory that now is under this path, whatever was watched there before. */
  watch(directory: string): void {
    if (recursive && directory !== this.#root) return;
    const former = this.#watchers.get(directory);
    try {
      const watcher = watch(directory, { persistent: false, recursive }, (_, name) => {
        this.#deps.reported(name === null ? directory : join(directory, name));
      });
      watcher.on('error', () => watcher.close());
      this.#watchers.set(directory, watcher);
    } catch (error) {
      this.#watchers.delete(directory);
      if (!isMissing(error)) this.#deps.failed(error);
    }
    former?.close();
  }

  /** There is nothing under this path any more. */
  forget(path: string): void {
    const folder = path + sep;
    for (const [directory, watcher] of this.#watchers) {
      if (directory !== path && !directory.startsWith(folder)) continue;
      watcher.close();
      this.#watchers.delete(directory);
    }
  }

  [Symbol.dispose](): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
