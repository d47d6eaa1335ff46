/** Tells when something happens to a folder's own place: it vanishes, comes back, or another takes its place. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

export class FolderPresence implements Disposable {
  readonly #folder: string;
  readonly #moved: () => void;
  #above: string | undefined;
  #watcher: FSWatcher | undefined;

  /** @param moved called for events that may concern the folder; to be looked into */
  constructor(folder: string, moved: () => void) {
    this.#folder = folder;
    this.#moved = moved;
    this.follow();
  }

  /** Watches from the nearest folder above that there is; to be called again after each event. */
  follow(): void {
    let awaited = this.#folder;
    while (dirname(awaited) !== awaited && !existsSync(dirname(awaited))) awaited = dirname(awaited);
    const above = dirname(awaited);
    if (above === this.#above && this.#watcher !== undefined) return;
    this[Symbol.dispose]();
    this.#above = above;
    try {
      this.#watcher = watch(above, { persistent: false }, (_, name) => {
        // An event that bears the watched folder's own name is its end.
        if (name === null || name === basename(awaited) || name === basename(above)) this.#moved();
      });
      this.#watcher.on('error', () => this[Symbol.dispose]());
    } catch {
      // A folder above that may not be read: what happens inside the folder itself is seen all the same.
    }
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
