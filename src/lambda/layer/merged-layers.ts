/** What functions have at `/opt`: their layers, unpacked and merged, one folder for each set of them. */
import { createHash } from 'node:crypto';
import type { CodeReference } from '../code/code-reference.ts';
import { isLiveFolder } from '../code/live-folder.ts';
import { SharedFolders, type SharedFoldersDeps } from '../code/shared-folders.ts';
import type { VersionCode } from '../function/function-version.ts';
import { LiveMerges } from './live-merges.ts';
import { type MergedFolder, mergeFolders } from './merge-folders.ts';

export interface MergedLayersDeps extends SharedFoldersDeps {
  /** The files of one layer; on the same file system as `directory`, or files are copied. */
  readonly layerDirectory: (layer: CodeReference, signal: AbortSignal) => Promise<string>;
}

export class MergedLayers implements AsyncDisposable {
  readonly #deps: MergedLayersDeps;
  readonly #folders: SharedFolders;
  readonly #live: LiveMerges;
  /** The layers of each folder, by its key. */
  readonly #merged = new Map<string, readonly CodeReference[]>();

  constructor(deps: MergedLayersDeps) {
    this.#deps = deps;
    this.#folders = new SharedFolders(deps);
    const merge = (layers: readonly VersionCode[], target: string, signal: AbortSignal) =>
      this.#merge(layers, target, signal);
    this.#live = new LiveMerges({ ...deps, merge });
  }

  /**
   * The folder in which later layers cover earlier ones; to be read only.
   * @param layers at least one
   * @throws ArchiveRefusal when an archive is damaged, the signal's reason when it aborts first.
   */
  async directoryOf(layers: readonly VersionCode[], signal: AbortSignal): Promise<string> {
    const [first, ...others] = layers;
    if (first !== undefined && others.length === 0) return (await this.#sourceOf(first, signal)).path;
    if (!layers.every(isArchive)) return this.#live.pathOf(layers, signal);
    const key = keyOf(layers);
    const folder = await this.#folders.pathOf(key, (target, stopped) => this.#merge(layers, target, stopped), signal);
    this.#merged.set(key, layers);
    return folder;
  }

  /** A folder among them has become other: what is started from now on has it. */
  async refresh(layers: readonly VersionCode[]): Promise<void> {
    // Alone, it is used as it is.
    if (layers.length > 1) await this.#live.refresh(layers);
  }

  /** Nothing uses the layer any more; folders with it go when nothing can run from them any more. */
  discard(layer: CodeReference): void {
    for (const [key, layers] of this.#merged) {
      if (layers.every(({ sha256 }) => sha256 !== layer.sha256)) continue;
      this.#merged.delete(key);
      this.#folders.discard(key);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#live[Symbol.asyncDispose]();
    await this.#folders[Symbol.asyncDispose]();
    this.#merged.clear();
  }

  async #merge(layers: readonly VersionCode[], target: string, signal: AbortSignal): Promise<void> {
    const sources = await Promise.all(layers.map((layer) => this.#sourceOf(layer, signal)));
    await mergeFolders(sources, target, signal);
  }

  async #sourceOf(layer: VersionCode, signal: AbortSignal): Promise<MergedFolder> {
    if (isLiveFolder(layer)) return { path: layer.folder, live: true };
    return { path: await this.#deps.layerDirectory(layer, signal) };
  }
}

const isArchive = (layer: VersionCode): layer is CodeReference => !isLiveFolder(layer);

/** The order counts. */
const keyOf = (layers: readonly CodeReference[]): string =>
  createHash('sha256')
    .update(layers.map(({ sha256 }) => sha256).join())
    .digest('hex');
