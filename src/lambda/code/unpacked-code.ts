/** Unpacked deployment packages by content: each unpacked once, on first need, for all who run it. */
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type Bytes, bytes, milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { entriesAtMost, readArchiveDirectory } from './archive-directory.ts';
import type { CodeReference, CodeSha256 } from './code-reference.ts';
import { hexDigest } from './code-store.ts';
import { type UnpackTask, unpackArchive } from './unpack-archive.ts';
import { unpackInWorker } from './unpack-in-worker.ts';

export interface UnpackedCodeDeps {
  /** Owned by this object alone: made at the start and removed at the end. */
  readonly directory: string;
  readonly archivePath: (code: CodeReference) => string;
  readonly unpackedSize: Bytes;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

// Starting a worker costs more than unpacking that much here.
const inlineAtMost = { packed: bytes(1024 * 1024), unpacked: bytes(2 * 1024 * 1024) };
// The longest invocation is 15 minutes: after that nothing can run from a folder whose versions are all gone.
const keptAfterUse = milliseconds(16 * 60_000);

export class UnpackedCode implements AsyncDisposable {
  readonly #deps: UnpackedCodeDeps;
  readonly #folders = new Map<CodeSha256, Promise<string>>();
  readonly #discarding = new Map<CodeSha256, Timer>();
  readonly #working = new Set<Promise<unknown>>();
  readonly #disposal = new AbortController();

  constructor(deps: UnpackedCodeDeps) {
    this.#deps = deps;
    mkdirSync(deps.directory, { recursive: true, mode: 0o755 });
  }

  /**
   * The folder that holds the package's files; to be read only.
   * @throws ArchiveRefusal when the archive is damaged, the signal's reason when it aborts first.
   */
  async directoryOf(code: CodeReference, signal: AbortSignal): Promise<string> {
    this.#keep(code);
    const shared = this.#folders.get(code.sha256);
    if (shared !== undefined) {
      const path = await unlessAborted(shared, signal).catch(() => signal.throwIfAborted());
      // What another caller began may have failed on an archive that was removed and is there again now.
      if (path !== undefined) return path;
    }
    return await unlessAborted(this.#folders.get(code.sha256) ?? this.#begin(code), signal);
  }

  /** No version uses the package any more; its folder goes when nothing can run from it any more. */
  discard(code: CodeReference): void {
    if (!this.#folders.has(code.sha256) || this.#discarding.has(code.sha256)) return;
    const remove = (): void => {
      this.#discarding.delete(code.sha256);
      const folder = this.#folders.get(code.sha256);
      this.#folders.delete(code.sha256);
      if (folder === undefined) return;
      void this.#owned(folder.then((path) => rm(path, { recursive: true, force: true }))).catch((error: unknown) =>
        this.#deps.logger.warn('A folder of unpacked code could not be removed', { error }),
      );
    };
    this.#discarding.set(code.sha256, this.#deps.clock.timer(keptAfterUse, remove));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal.abort(new Error('the daemon stops'));
    for (const timer of this.#discarding.values()) timer[Symbol.dispose]();
    this.#discarding.clear();
    await Promise.allSettled(this.#working);
    this.#folders.clear();
    await rm(this.#deps.directory, { recursive: true, force: true });
  }

  #keep(code: CodeReference): void {
    this.#discarding.get(code.sha256)?.[Symbol.dispose]();
    this.#discarding.delete(code.sha256);
  }

  #begin(code: CodeReference): Promise<string> {
    const folder = this.#owned(this.#unpack(code));
    this.#folders.set(code.sha256, folder);
    folder.catch(() => {
      if (this.#folders.get(code.sha256) === folder) this.#folders.delete(code.sha256);
    });
    return folder;
  }

  async #unpack(code: CodeReference): Promise<string> {
    this.#disposal.signal.throwIfAborted();
    const { directory, random } = this.#deps;
    // A name of its own each time, so that a folder on its way out is never in the way.
    const target = join(directory, `${hexDigest(code)}-${random.hex(4)}`);
    const task: UnpackTask = {
      archivePath: this.#deps.archivePath(code),
      temporary: `${target}.part`,
      target,
      unpackedSize: this.#deps.unpackedSize,
    };
    if (await isSmall(code, task)) await unpackArchive(task);
    else await unpackInWorker(task, this.#disposal.signal);
    return target;
  }

  #owned<Value>(work: Promise<Value>): Promise<Value> {
    this.#working.add(work);
    const forget = (): void => void this.#working.delete(work);
    work.then(forget, forget);
    return work;
  }
}

async function isSmall(code: CodeReference, { archivePath, unpackedSize }: UnpackTask): Promise<boolean> {
  if (code.size > inlineAtMost.packed) return false;
  const entries = await readArchiveDirectory(await readFile(archivePath), { unpackedSize, entries: entriesAtMost });
  return entries.reduce((total, entry) => total + entry.size, 0) <= inlineAtMost.unpacked;
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
