/** The peak of a process's resident memory, cheap enough to ask for after every invocation (some microseconds). */
import { closeSync, openSync, readSync } from 'node:fs';
import { type Bytes, bytes } from '../../kernel/quantity.ts';

const label = 'VmHWM:';
const statusSize = 4096;

/**
 * Reads the kernel's own high-water mark, which also knows peaks between two looks, and unlike the control group's
 * does not count the files that were read or written. On a system without /proc it stays at what `raise` was told.
 */
export class MemoryMeter implements Disposable {
  #peak = 0;
  #descriptor: number | undefined;
  #find: () => number | undefined;
  readonly #buffer = Buffer.alloc(statusSize);

  constructor() {
    this.#find = () => undefined;
  }

  /** Looks at another process from now on. @param find its id, once it is known. */
  follow(find: () => number | undefined): void {
    this.#close();
    this.#find = find;
  }

  /** The highest value of all processes followed so far. */
  peak(): Bytes {
    this.raise(this.#read());
    return bytes(this.#peak);
  }

  raise(value: number): void {
    if (value > this.#peak) this.#peak = value;
  }

  [Symbol.dispose](): void {
    this.follow(() => undefined);
  }

  #read(): number {
    try {
      this.#descriptor ??= this.#open();
      if (this.#descriptor === undefined) return 0;
      const length = readSync(this.#descriptor, this.#buffer, 0, statusSize, 0);
      return this.#parse(length);
    } catch {
      // The process has ended; its descriptor tells nothing any more.
      this.#close();
      return 0;
    }
  }

  #open(): number | undefined {
    const pid = this.#find();
    return pid === undefined ? undefined : openSync(`/proc/${pid}/status`, 'r');
  }

  /** `VmHWM:\t   42736 kB` */
  #parse(length: number): number {
    const start = this.#buffer.indexOf(label, 0, 'latin1');
    if (start < 0 || start >= length) return 0;
    let kilobytes = 0;
    for (let at = start + label.length; at < length; at++) {
      const digit = (this.#buffer[at] ?? 0) - 48;
      if (digit >= 0 && digit <= 9) kilobytes = kilobytes * 10 + digit;
      else if (kilobytes > 0) break;
    }
    return kilobytes * 1024;
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
