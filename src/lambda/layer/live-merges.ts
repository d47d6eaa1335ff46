/**
 * Layers with folders of their author's among them, merged anew whenever one changes. The next merge takes the place of
 * the one before under the path that functions are given: what runs meanwhile keeps the files that it began with.
 */
import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLiveFolder } from '../code/live-folder.ts';
import type { VersionCode } from '../function/function-version.ts';

export interface LiveMergesDeps {
  /** Made and removed by somebody else. */
  readonly directory: string;
  /** Makes the folder `target`, which does not exist, whole or not at all. */
  readonly merge: (layers: readonly VersionCode[], target: string, signal: AbortSignal) => Promise<void>;
}

interface LiveMerge {
  readonly path: string;
  /** There is something under the path. */
  made: boolean;
  /** The work on it, one merge after another. */
  work: Promise<void>;
  /** A merge that has not begun: it will see all that was written so far. */
  next: Promise<void> | undefined;
}

export class LiveMerges implements AsyncDisposable {
  readonly #deps: LiveMergesDeps;
  readonly #merges = new Map<string, LiveMerge>();
  readonly #stop = new AbortController();

  constructor(deps: LiveMergesDeps) {
    this.#deps = deps;
  }

  /** The path under which the layers are as they were when they last changed. */
  async pathOf(layers: readonly VersionCode[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const key = keyOf(layers);
    const known = this.#merges.get(key);
    if (known !== undefined) {
      await known.work;
      return known.path;
    }
    const path = join(this.#deps.directory, `live-${key}`);
    const merge: LiveMerge = { path, made: false, work: Promise.resolve(), next: undefined };
    this.#merges.set(key, merge);
    try {
      await this.#again(merge, layers);
    } catch (error) {
      this.#merges.delete(key);
      throw error;
    }
    return path;
  }

  /** @throws whatever `merge` throws; what was there before stays in use. */
  async refresh(layers: readonly VersionCode[]): Promise<void> {
    const merge = this.#merges.get(keyOf(layers));
    if (merge !== undefined) await this.#again(merge, layers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the daemon stops'));
    await Promise.all([...this.#merges.values()].map(({ work }) => work));
    this.#merges.clear();
  }

  #again(merge: LiveMerge, layers: readonly VersionCode[]): Promise<void> {
    if (merge.next === undefined) {
      const next = merge.work.then(() => {
        merge.next = undefined;
        return this.#merge(merge, layers);
      });
      merge.next = next;
      merge.work = next.catch(() => {}); // told to those who asked
    }
    return merge.next;
  }

  async #merge(merge: LiveMerge, layers: readonly VersionCode[]): Promise<void> {
    const { signal } = this.#stop;
    signal.throwIfAborted();
    const [next, former] = [`${merge.path}.next`, `${merge.path}.former`];
    await this.#deps.merge(layers, next, signal);
    // An invocation that began before the change may still read the one before this, but none before that.
    await rm(former, { recursive: true, force: true });
    // At once: nothing is started from here in between.
    if (merge.made) renameSync(merge.path, former);
    renameSync(next, merge.path);
    merge.made = true;
  }
}

/** The order counts. */
const keyOf = (layers: readonly VersionCode[]): string =>
  createHash('sha256')
    .update(JSON.stringify(layers.map((layer) => (isLiveFolder(layer) ? { folder: layer.folder } : layer.sha256))))
    .digest('hex');
