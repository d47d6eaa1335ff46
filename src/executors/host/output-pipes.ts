/** Pipes for the output of processes: one pipe for stdout and stderr keeps the order in which a process wrote them. */
import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const batch = 8;

/** Both ends as descriptors; who takes them closes them. */
export interface OutputPipe {
  readonly readEnd: number;
  readonly writeEnd: number;
}

/**
 * Node gives a child process socket pairs, one per stream: their order is lost, and a function cannot open
 * `/dev/stderr` on a socket. Named pipes have neither fault; they are made a few ahead, and lose their name on use.
 */
export class OutputPipes {
  readonly #folder: string;
  readonly #ready: string[] = [];
  #made = 0;
  #making: Promise<void> | undefined;

  /** @param folder exists, and belongs to the caller. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when the system makes no pipe. */
  async take(): Promise<OutputPipe> {
    while (this.#ready.length === 0) await this.refill();
    const file = this.#ready.pop() ?? '';
    if (this.#ready.length < batch / 2) this.refill().catch(() => {}); // The take that needs it meets the error.
    // In this order: without a reader, opening to write would wait for one.
    const readEnd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return { readEnd, writeEnd: openSync(file, constants.O_WRONLY) };
    } catch (error) {
      closeSync(readEnd);
      throw error;
    } finally {
      unlinkSync(file);
    }
  }

  /** Makes some pipes ahead; settles when they are there. */
  refill(): Promise<void> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** Settles when nothing is being made any more. */
  async idle(): Promise<void> {
    await this.#making?.catch(() => {});
  }

  async #make(): Promise<void> {
    const files = Array.from({ length: batch }, () => join(this.#folder, `output-${this.#made++}`));
    await run('mkfifo', ['-m', '0600', ...files], { env: { PATH: '/usr/bin:/bin' } });
    this.#ready.push(...files);
  }
}
