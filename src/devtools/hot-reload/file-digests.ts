/** What is known of the contents of files, so that a file written anew with what it held before is no change. */
import { hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readFile, readlink, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { afterPoll } from '../../kernel/event-loop.ts';

/** Larger files are told apart by size and time: nobody edits them by hand. */
const readAtMost = 1024 * 1024;

/** Read ahead so many at once: enough to keep the disk busy, few enough to leave the machine to others. */
const readers = 4;

export class FileDigests {
  /** `undefined` for files of which only the name is known: any event about one is taken for a change. */
  readonly #known = new Map<string, string | undefined>();

  /** Knows of files without having read them. */
  add(paths: Iterable<string>): void {
    for (const path of paths) if (!this.#known.has(path)) this.#known.set(path, undefined);
  }

  /** Reads the file; true when it is not what it was, or nobody knows what it was. */
  async changed(path: string): Promise<boolean> {
    const before = this.#known.get(path);
    const now = await digest(path);
    this.#known.set(path, now);
    return before === undefined || before !== now;
  }

  /** The path is no more; true when files are gone with it. */
  remove(path: string): boolean {
    const gone = this.below(path);
    for (const file of gone) this.#known.delete(file);
    return gone.length > 0;
  }

  /** The file under this path, or all files in the folder under it. */
  below(path: string): readonly string[] {
    const folder = path + sep;
    return [...this.#known.keys()].filter((file) => file === path || file.startsWith(folder));
  }

  /**
   * Reads ahead what only the name is known of, dependencies left out: they are many and seldom touched.
   * @param disturbed whether something was reported of a file that has not been looked at yet
   */
  async learn(disturbed: (path: string) => boolean, signal: AbortSignal): Promise<void> {
    const unread = [...this.#known].filter(([path, known]) => known === undefined && !isDependency(path)).values();
    const found = new Map<string, string>();
    const read = async (): Promise<void> => {
      for (const [path] of unread) {
        if (signal.aborted) return;
        found.set(path, await digest(path));
      }
    };
    await Promise.all(Array.from({ length: readers }, read));
    // What was changed before it was read has been reported by then: its digest would be that of the change.
    await new Promise<void>(afterPoll);
    for (const [path, value] of found) {
      if (this.#known.has(path) && this.#known.get(path) === undefined && !disturbed(path))
        this.#known.set(path, value);
    }
  }
}

const isDependency = (path: string): boolean => path.includes(`${sep}node_modules${sep}`);

/** Content and whether it can be executed; for a link also where it leads. */
async function digest(path: string): Promise<string> {
  try {
    const link = (await lstat(path)).isSymbolicLink() ? await readlink(path) : '';
    const file = await stat(path);
    if (!file.isFile()) return `${link} no file`;
    return `${link} ${file.mode & 0o111} ${await contentOf(path, file)}`;
  } catch (error) {
    return `unreadable: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
  }
}

async function contentOf(path: string, { size, mtimeMs }: Stats): Promise<string> {
  // Nor is anything read that says it is empty: files of the kernel do, and some never end.
  if (size === 0) return 'empty';
  return size > readAtMost ? `${size} ${mtimeMs}` : hash('sha1', await readFile(path));
}
