/** The sockets that the daemon listens on. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** Longer than any client keeps a connection that it may still use: the client closes first, so none is lost. */
const keepAliveTimeout = 185_000;

/** @throws CannotListen, with nothing left open */
export async function listen(addresses: readonly ListenAddress[], onRequest: RequestListener): Promise<Listener> {
  const servers: Server[] = [];
  const close = (): void => {
    for (const server of servers) server.close();
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(
      servers.map(async (server) => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeAllConnections();
        await closed;
      }),
    );
  };
  try {
    for (const address of addresses) servers.push(await listenOn(address, onRequest));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { addresses: servers.map(boundAddress), close, [Symbol.asyncDispose]: dispose };
}

function listenOn(address: ListenAddress, onRequest: RequestListener): Promise<Server> {
  const server = createServer({ noDelay: true, keepAliveTimeout }, onRequest);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotListen(address, error)));
    server.listen(address.port, address.host, () => resolve(server));
  });
}

function boundAddress(server: Server): ListenAddress {
  const { address, port } = server.address() as AddressInfo;
  return { host: address, port };
}
