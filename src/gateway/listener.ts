/** The sockets that the daemon listens on. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from '../kernel/logger.ts';
import { ConnectionSorter } from './connection-sorter.ts';
import { type Certificates, OtherSpeakers } from './other-speakers.ts';

export interface ListenAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** An address that cannot be listened on; `code` is the system's, EADDRINUSE for example. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly address: ListenAddress;
  readonly code: string | undefined;

  constructor(address: ListenAddress, cause: NodeJS.ErrnoException) {
    super(`cannot listen on ${address.host}:${address.port}: ${cause.message}`, { cause });
    this.address = address;
    this.code = cause.code;
  }
}

export interface Listener extends AsyncDisposable {
  /** As bound, with the port that was chosen. */
  readonly addresses: readonly ListenAddress[];
  /** Takes no more connections; those that are open go on until disposal. */
  close(): void;
}

export interface ListenOptions {
  /** For clients that speak TLS. */
  readonly certificates: Certificates;
  readonly logger: Logger;
  /** How long a client may take until it has said what it speaks, and for its TLS handshake; in milliseconds. */
  readonly patience?: number;
}

/** Longer than any client keeps a connection that it may still use: the client closes first, so none is lost. */
const keepAliveTimeout = 185_000;

/** As long as Node.js waits for the head of a request. */
const usualPatience = 60_000;

/**
 * HTTP/1.1 and HTTP/2, in clear and over TLS, all on the same ports.
 * @throws CannotListen, with nothing left open
 */
export async function listen(
  addresses: readonly ListenAddress[],
  onRequest: RequestListener,
  options: ListenOptions,
): Promise<Listener> {
  const doors: Door[] = [];
  const close = (): void => {
    for (const { server } of doors) server.close();
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(doors.map((door) => door[Symbol.asyncDispose]()));
  };
  try {
    for (const address of addresses) doors.push(await listenOn(address, onRequest, options));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { addresses: doors.map(({ server }) => boundAddress(server)), close, [Symbol.asyncDispose]: dispose };
}

/** One address. The server of HTTP/1.1 listens; a connection reaches it once it is known to speak that. */
class Door implements AsyncDisposable {
  readonly server: Server;
  readonly #sorter: ConnectionSorter;
  readonly #others: OtherSpeakers;

  constructor(onRequest: RequestListener, { certificates, logger, patience = usualPatience }: ListenOptions) {
    this.server = createServer({ noDelay: true, keepAliveTimeout }, onRequest);
    const taken = this.server.listeners('connection') as ((socket: Socket) => void)[];
    this.server.removeAllListeners('connection');
    const http = (socket: Socket): void => {
      for (const take of taken) take.call(this.server, socket);
    };
    this.#others = new OtherSpeakers({ http, onRequest, certificates, patience, logger });
    this.#sorter = new ConnectionSorter({ http, http2: this.#others.http2, tls: this.#others.tls }, patience);
    this.server.on('connection', this.#sorter.accept);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    this.#sorter[Symbol.dispose]();
    this.#others[Symbol.dispose]();
    await closed;
  }
}

function listenOn(address: ListenAddress, onRequest: RequestListener, options: ListenOptions): Promise<Door> {
  const door = new Door(onRequest, options);
  return new Promise((resolve, reject) => {
    door.server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotListen(address, error)));
    door.server.listen(address.port, address.host, () => resolve(door));
  });
}

function boundAddress(server: Server): ListenAddress {
  const { address, port } = server.address() as AddressInfo;
  return { host: address, port };
}
