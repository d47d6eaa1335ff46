/** Keeps deployment packages by content: each archive once on disk, for as long as a version uses it. */
import { createReadStream, mkdirSync, type ReadStream, rmSync, unlinkSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bytes, bytes } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import type { CodeReference, CodeSha256 } from './code-reference.ts';

interface Blob {
  uses: number;
  /** Settles when the archive is on disk. */
  readonly stored: Promise<void>;
}

export interface CodeStoreDeps {
  /** Owned by the store alone: made at the start and removed at the end. */
  readonly directory: string;
  readonly random: Random;
  /** Called when nothing uses an archive any more and it is gone. */
  readonly onRemoved: (code: CodeReference) => void;
}

export class CodeStore implements Disposable {
  readonly #deps: CodeStoreDeps;
  readonly #blobs = new Map<CodeSha256, Blob>();
  #usedSize = 0;

  constructor(deps: CodeStoreDeps) {
    this.#deps = deps;
    mkdirSync(deps.directory, { recursive: true, mode: 0o700 });
  }

  /** Bytes of all archives, each counted for every version that it belongs to, as AWS counts. */
  get usedSize(): Bytes {
    return bytes(this.#usedSize);
  }

  /** Keeps an archive and counts one use of it, which `release` gives back. */
  async put(archive: Buffer): Promise<CodeReference> {
    const code = await codeReference(archive);
    let blob = this.#blobs.get(code.sha256);
    if (blob === undefined) {
      blob = { uses: 0, stored: this.#write(code, archive) };
      this.#blobs.set(code.sha256, blob);
    }
    blob.uses += 1;
    this.#usedSize += code.size;
    try {
      await blob.stored;
    } catch (error) {
      blob.uses -= 1;
      this.#usedSize -= code.size;
      if (this.#blobs.get(code.sha256) === blob) this.#blobs.delete(code.sha256);
      throw error;
    }
    return code;
  }

  /** One more use of what is kept already. */
  retain(code: CodeReference): void {
    if (this.borrow(code)) this.#usedSize += code.size;
  }

  /** One use less; the archive goes with its last. */
  release(code: CodeReference): void {
    if (this.has(code)) this.#usedSize -= code.size;
    this.giveBack(code);
  }

  /** A use that does not count to the size: what belongs to others stays here while it is used. False when it is gone. */
  borrow(code: CodeReference): boolean {
    const blob = this.#blobs.get(code.sha256);
    if (blob !== undefined) blob.uses += 1;
    return blob !== undefined;
  }

  /** Ends what `borrow` began. */
  giveBack(code: CodeReference): void {
    const blob = this.#blobs.get(code.sha256);
    if (blob === undefined) return;
    blob.uses -= 1;
    if (blob.uses > 0) return;
    this.#blobs.delete(code.sha256);
    // At once and in this turn, so that the same archive put again cannot meet its own removal.
    unlinkSync(this.pathOf(code));
    this.#deps.onRemoved(code);
  }

  has(code: CodeReference): boolean {
    return this.#blobs.has(code.sha256);
  }

  /** The archive as it was uploaded. */
  read(code: CodeReference): ReadStream {
    return createReadStream(this.pathOf(code));
  }

  pathOf(code: CodeReference): string {
    return join(this.#deps.directory, `${hexDigest(code)}.zip`);
  }

  [Symbol.dispose](): void {
    this.#blobs.clear();
    rmSync(this.#deps.directory, { recursive: true, force: true });
  }

  async #write(code: CodeReference, archive: Buffer): Promise<void> {
    const temporary = join(this.#deps.directory, `${this.#deps.random.uuid()}.part`);
    await writeFile(temporary, archive, { mode: 0o600 });
    await rename(temporary, this.pathOf(code));
  }
}

/** What an archive is called by; digested off this thread. */
export async function codeReference(archive: Buffer): Promise<CodeReference> {
  const digest = await crypto.subtle.digest('SHA-256', archive);
  return { sha256: Buffer.from(digest).toString('base64') as CodeSha256, size: bytes(archive.length) };
}

/** The archive's digest in a form that can name a file. */
export const hexDigest = (code: CodeReference): string => Buffer.from(code.sha256, 'base64').toString('hex');
