/** The daemon's end of the line to a launcher: tells it to start the runtime, hears what ended. */
import type { Duplex } from 'node:stream';

/** Exit codes as a shell has them: 128 and the number of the signal for a process that one ended. */
export interface LauncherObserver {
  runtimeEnded(status: number): void;
  /** @param index in the order in which the extensions were named */
  extensionEnded(index: number, status: number): void;
}

const report = /^(runtime|extension (\d+)) (\d+)$/;

export class LauncherLink {
  readonly #line: Duplex;
  readonly #observer: LauncherObserver;
  #partial = '';

  constructor(line: Duplex, observer: LauncherObserver) {
    this.#line = line;
    this.#observer = observer;
    line.on('error', () => {}); // The launcher has ended, which its process tells.
    line.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')));
  }

  startRuntime(): void {
    this.#line.write('start\n');
  }

  #read(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop() ?? '';
    for (const line of lines) {
      const [, what, index, status] = report.exec(line) ?? [];
      if (what === 'runtime') this.#observer.runtimeEnded(Number(status));
      else if (what !== undefined) this.#observer.extensionEnded(Number(index), Number(status));
    }
  }
}
