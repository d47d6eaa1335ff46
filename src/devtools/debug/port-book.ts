/** Which port belongs to which function: found from its name, and remembered over restarts of the daemon. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../../kernel/logger.ts';

/** Below the ports that systems hand out by themselves. */
const first = 21_000;
const count = 1000;

export class PortBook {
  readonly #file: string;
  readonly #logger: Logger;
  readonly #ports: Map<string, number>;

  /** @param file need not exist; what it holds and is no port is forgotten */
  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
    this.#ports = new Map(remembered(file));
  }

  /**
   * The same for the same function, always; no two functions have the same.
   * @param name of the function, in full
   * @param taken whether the port is another's by the user's own word
   */
  portOf(name: string, taken: (port: number) => boolean): number {
    const known = this.#ports.get(name);
    if (known !== undefined && !taken(known)) return known;
    const port = this.#after(first + (createHash('sha256').update(name).digest().readUInt32BE() % count), taken);
    this.#ports.set(name, port);
    this.#write();
    return port;
  }

  /** The next that no function has; for once, when a function's own cannot be listened on. */
  next(port: number, taken: (port: number) => boolean): number {
    return this.#after(port + 1, taken);
  }

  #after(start: number, taken: (port: number) => boolean): number {
    const own = new Set(this.#ports.values());
    let port = start;
    for (let tried = 0; tried < count && (own.has(port) || taken(port)); tried += 1) {
      port = port + 1 < first + count ? port + 1 : first;
    }
    return port;
  }

  /** Written in one go, as other daemons may read it. */
  #write(): void {
    const draft = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      writeFileSync(draft, `${JSON.stringify(Object.fromEntries(this.#ports), null, 2)}\n`);
      renameSync(draft, this.#file);
    } catch (error) {
      this.#logger.warn(`The ports of debuggers cannot be remembered in ${this.#file}.`, { error });
    }
  }
}

function remembered(file: string): readonly [string, number][] {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(content ?? {}).filter(
      (entry): entry is [string, number] =>
        Number.isInteger(entry[1]) && Number(entry[1]) >= first && Number(entry[1]) < first + count,
    );
  } catch {
    return [];
  }
}
