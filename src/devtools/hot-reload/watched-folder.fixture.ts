/** A temporary folder that is watched on a clock which stands still: events are looked into when a test says so. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../../../test/kit/eventually.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { FolderWatch } from './folder-watch.ts';

export class WatchedFolder implements AsyncDisposable {
  readonly #clock: VirtualClock;
  readonly #parent: string;
  readonly #watch: FolderWatch;
  readonly #count: () => number;

  private constructor(clock: VirtualClock, parent: string, watch: FolderWatch, count: () => number) {
    this.#clock = clock;
    this.#parent = parent;
    this.#watch = watch;
    this.#count = count;
  }

  static async with(files: Readonly<Record<string, string>>): Promise<WatchedFolder> {
    const clock = new VirtualClock();
    const parent = mkdtempSync(join(tmpdir(), 'folder-watch-'));
    write(join(parent, 'code'), files);
    let changes = 0;
    const changed = (): void => {
      changes += 1;
    };
    const deps = { clock, logger: silentLogger, changed };
    const watch = await FolderWatch.open(join(parent, 'code'), deps, new AbortController().signal);
    await watch.learnt;
    return new WatchedFolder(clock, parent, watch, () => changes);
  }

  path(...names: string[]): string {
    return join(this.#parent, 'code', ...names);
  }

  write(files: Readonly<Record<string, string>>): void {
    write(this.path(), files);
  }

  /** How many changes were told so far. */
  get changes(): number {
    return this.#count();
  }

  /** Waits until the system has reported something and that has been looked into. */
  async look(): Promise<void> {
    await eventually(() => this.#clock.waiting > 0, 'something is reported');
    this.#clock.advance(milliseconds(10));
    await this.#watch.settled;
  }

  /** Looks until one more change is told. */
  async change(): Promise<void> {
    const before = this.changes;
    while (this.changes === before) await this.look();
    await this.#watch.learnt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch[Symbol.asyncDispose]();
    await this.#watch[Symbol.asyncDispose]();
    assert.equal(this.#clock.waiting, 0, 'no timer is left');
    rmSync(this.#parent, { recursive: true });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
