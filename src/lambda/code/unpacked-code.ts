/** Unpacked archives by content: each unpacked once, on first need, for all who run it. */
import { readFile } from 'node:fs/promises';
import { type Bytes, bytes } from '../../kernel/quantity.ts';
import { entriesAtMost, readArchiveDirectory } from './archive-directory.ts';
import type { CodeReference } from './code-reference.ts';
import { hexDigest } from './code-store.ts';
import { SharedFolders, type SharedFoldersDeps } from './shared-folders.ts';
import { type UnpackTask, unpackArchive } from './unpack-archive.ts';
import { unpackInWorker } from './unpack-in-worker.ts';

export interface UnpackedCodeDeps extends SharedFoldersDeps {
  readonly archivePath: (code: CodeReference) => string;
  readonly unpackedSize: Bytes;
}

// Starting a worker costs more than unpacking that much here.
const inlineAtMost = { packed: bytes(1024 * 1024), unpacked: bytes(2 * 1024 * 1024) };

export class UnpackedCode implements AsyncDisposable {
  readonly #deps: UnpackedCodeDeps;
  readonly #folders: SharedFolders;

  constructor(deps: UnpackedCodeDeps) {
    this.#deps = deps;
    this.#folders = new SharedFolders(deps);
  }

  /**
   * The folder that holds the archive's files; to be read only.
   * @throws ArchiveRefusal when the archive is damaged, the signal's reason when it aborts first.
   */
  directoryOf(code: CodeReference, signal: AbortSignal): Promise<string> {
    return this.#folders.pathOf(hexDigest(code), (target, stopped) => this.#unpack(code, target, stopped), signal);
  }

  /** Nothing uses the archive any more; its folder goes when nothing can run from it any more. */
  discard(code: CodeReference): void {
    this.#folders.discard(hexDigest(code));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#folders[Symbol.asyncDispose]();
  }

  async #unpack(code: CodeReference, target: string, signal: AbortSignal): Promise<void> {
    const { archivePath, unpackedSize } = this.#deps;
    const task: UnpackTask = { archivePath: archivePath(code), temporary: `${target}.part`, target, unpackedSize };
    if (await isSmall(code, task)) await unpackArchive(task);
    else await unpackInWorker(task, signal);
  }
}

async function isSmall(code: CodeReference, { archivePath, unpackedSize }: UnpackTask): Promise<boolean> {
  if (code.size > inlineAtMost.packed) return false;
  const entries = await readArchiveDirectory(await readFile(archivePath), { unpackedSize, entries: entriesAtMost });
  return entries.reduce((total, entry) => total + entry.size, 0) <= inlineAtMost.unpacked;
}
