/** Folders that are made once and kept: for everything that runs here, for other daemons and for later ones. */
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const unfinished = /\.part-(\d+)-[^.]+$/;

export class KeptFolders {
  readonly #directory: string;
  readonly #processId: number;
  readonly #making = new Map<string, Promise<string>>();

  constructor(directory: string, processId: number) {
    this.#directory = directory;
    this.#processId = processId;
  }

  /** The path of a folder that is there and complete. */
  find(name: string): string | undefined {
    const folder = join(this.#directory, name);
    return existsSync(folder) ? folder : undefined;
  }

  /**
   * The path of the folder, which `fill` has filled when nobody had before. Who asks while it is being made waits for
   * it; it appears under its name only when it is complete.
   * @throws what `fill` throws; nothing is left then
   */
  async make(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
    const there = this.find(name);
    if (there !== undefined) return there;
    let making = this.#making.get(name);
    if (making === undefined) {
      making = this.#make(name, fill).finally(() => this.#making.delete(name));
      this.#making.set(name, making);
    }
    return making;
  }

  async #make(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    await this.#removeUnfinished();
    const folder = join(this.#directory, name);
    const part = await mkdtemp(`${folder}.part-${this.#processId}-`);
    try {
      await fill(part);
      await chmod(part, 0o755); // A new temporary folder is its owner's alone.
      await rename(part, folder);
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      // Another daemon was faster, and what it made is as good.
      if (!existsSync(folder)) throw error;
    }
    return folder;
  }

  /** What daemons that were killed have left. */
  async #removeUnfinished(): Promise<void> {
    for (const entry of readdirSync(this.#directory)) {
      const owner = Number(unfinished.exec(entry)?.[1] ?? this.#processId);
      if (owner !== this.#processId && !isAlive(owner)) {
        await rm(join(this.#directory, entry), { recursive: true, force: true });
      }
    }
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
