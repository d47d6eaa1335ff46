/** The port of one function: always the same, whichever process of the function debuggers reach through it at the time. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { DebugProtocol } from '../../executors/debugger-launch.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';
import { isAttached, join, type Opening, put, type Reply, readOpening } from './conversation.ts';
import type { DebugSeat } from './debug-seat.ts';

export interface DebugPortDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly functionName: string;
  /** Of the function as it is now. */
  readonly protocol: () => DebugProtocol;
  readonly host: string;
  /** The one to try first. */
  readonly port: number;
  /** The one to try when that one is taken. */
  readonly nextPort: (port: number) => number;
  /** The process that there is, if there is one. */
  readonly seat: () => DebugSeat | undefined;
  /** Has one started. */
  readonly wake: () => Promise<void>;
}

/** How long a debugger waits for a process that listens: it may have to be started first. */
const patience = milliseconds(30_000);
const pause = milliseconds(25);
const attempts = 50;
/** debugpy's adapter hangs when a debugger comes while it still takes leave of the one before. */
const leave = milliseconds(500);

const titles: Readonly<Record<DebugProtocol, string>> = {
  inspector: 'Node.js inspector',
  debugpy: 'debugpy',
  jdwp: 'Java debug wire protocol',
};

const advice: Readonly<Record<DebugProtocol, string>> = {
  inspector: 'See the log of the function.',
  debugpy: 'Put debugpy into its package or a layer: pip install --target <folder> debugpy',
  jdwp: 'Java takes one debugger at a time.',
};

export class DebugPort implements AsyncDisposable {
  readonly #deps: DebugPortDeps;
  readonly #server: Server;
  readonly #waiting = new Set<Socket>();
  readonly #stop = new AbortController();
  readonly #opened: Promise<void>;
  #waking: Promise<void> | undefined;
  /** When a debugger has gone. */
  #left: Milliseconds | undefined;

  constructor(deps: DebugPortDeps) {
    this.#deps = deps;
    this.#server = createServer({ noDelay: true, keepAlive: true }, (client) => void this.#accept(client));
    this.#opened = this.#open();
  }

  /** Nothing until it is open. */
  get port(): number | undefined {
    return (this.#server.address() as AddressInfo | null)?.port;
  }

  /** New debuggers are refused; those that are attached stay as long as their process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the port of the debugger is closed'));
    for (const client of this.#waiting) client.destroy();
    await this.#opened;
    if (this.#server.listening) this.#server.close();
  }

  async #open(): Promise<void> {
    const { logger, functionName, host, nextPort, protocol } = this.#deps;
    let port = this.#deps.port;
    for (let attempt = 0; attempt < attempts && !this.#stop.signal.aborted; attempt += 1) {
      const fault = await this.#listen(port);
      if (fault === undefined) {
        if (port !== this.#deps.port) {
          logger.warn(`Port ${this.#deps.port}, for debuggers of ${functionName}, is taken by another program.`);
        }
        logger.info(`Debuggers of ${functionName} attach at ${host}:${port} (${titles[protocol()]}).`);
        return;
      }
      if (fault.code !== 'EADDRINUSE' && fault.code !== 'EACCES') {
        logger.error(`Debuggers of ${functionName} cannot attach: ${fault.message}.`);
        return;
      }
      port = nextPort(port);
    }
    logger.error(`Debuggers of ${functionName} cannot attach: no port is free from ${this.#deps.port} on.`);
  }

  async #listen(port: number): Promise<NodeJS.ErrnoException | undefined> {
    try {
      this.#server.listen(port, this.#deps.host);
      await once(this.#server, 'listening');
      return undefined;
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
  }

  async #accept(client: Socket): Promise<void> {
    const protocol = this.#deps.protocol();
    client.on('error', () => {}); // its end is what counts
    client.once('close', () => this.#waiting.delete(client));
    this.#waiting.add(client);
    const opening = await readOpening(client, protocol);
    const found = opening && (await this.#reach(opening, client));
    this.#waiting.delete(client);
    if (opening === undefined || found === undefined || client.destroyed) {
      found?.reply.socket.destroy();
      client.destroy();
      return;
    }
    if (isAttached(protocol, opening, found.reply)) {
      client.once('close', () => {
        this.#left = this.#deps.clock.monotonic();
      });
      found.seat.attach(client);
    }
    join(client, found.reply);
  }

  /** The process that answers, once there is one. */
  async #reach(opening: Opening, client: Socket): Promise<{ seat: DebugSeat; reply: Reply } | undefined> {
    const { clock, seat: currentSeat, logger, functionName, protocol } = this.#deps;
    const due = clock.monotonic() + patience;
    while (!client.destroyed && !this.#stop.signal.aborted) {
      const seat = currentSeat();
      const address = this.#isTakingLeave() ? undefined : seat?.address;
      const reply = address && (await put(opening, address, client));
      if (seat !== undefined && reply !== undefined) return { seat, reply };
      if (seat === undefined) this.#wake();
      if (clock.monotonic() > due) {
        logger.warn(`A debugger of ${functionName} was not answered. ${advice[protocol()]}`);
        return undefined;
      }
      await clock.sleep(pause, this.#stop.signal).catch(() => {}); // the loop sees why
    }
    return undefined;
  }

  #isTakingLeave(): boolean {
    const { protocol, clock } = this.#deps;
    return protocol() === 'debugpy' && this.#left !== undefined && clock.monotonic() < this.#left + leave;
  }

  #wake(): void {
    if (this.#waking !== undefined) return;
    this.#waking = this.#deps
      .wake()
      .catch((error: unknown) => this.#deps.logger.warn(`${this.#deps.functionName} cannot be started.`, { error }))
      .finally(() => {
        this.#waking = undefined;
      });
  }
}
