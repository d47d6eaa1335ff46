/** The listener of one environment: what tells the Runtime API which environment a connection comes from. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { RuntimeSession } from './runtime-session.ts';
import { WaitingConnections } from './waiting-connections.ts';

export interface RuntimeApiListener extends AsyncDisposable {
  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. Rejects when the system has no port left. */
  readonly address: Promise<string>;
  /**
   * Connections belong to this session from now on, those that arrived since `detach` included; one that `admits` refuses
   * is closed.
   */
  attach(session: RuntimeSession, admits: Admission, beside?: Beside): void;
  /** Closes the connections of the session before; new ones wait for the next `attach`. */
  detach(): void;
}

/** Answers a request that is not of the Runtime API itself; `false` when it is not for it either. */
export type Beside = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Whether a connection comes from the environment that the listener is for. */
export type Admission = (connection: Socket) => boolean;

export interface ListenerHost {
  /** The address that is bound; processes on this machine reach the loopback address. */
  readonly listen: string;
  /** The host under which the process finds it. */
  readonly advertise: string;
}

/** @param serve reads a connection's requests for a session */
export function listenForEnvironment(
  host: ListenerHost,
  serve: (socket: Socket, session: RuntimeSession, beside: Beside | undefined) => void,
): RuntimeApiListener {
  let current: ((socket: Socket) => void) | undefined;
  const sockets = new Set<Socket>();
  const waiting = new WaitingConnections();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the HTTP layer handles its own; this one is for a socket that still waits
    if (current === undefined) waiting.add(socket);
    else current(socket);
  });
  const address = new Promise<string>((resolve, reject) => {
    listener.on('error', reject);
    listener.listen(0, host.listen, () => resolve(`${host.advertise}:${(listener.address() as AddressInfo).port}`));
  });
  address.catch(() => {}); // whoever starts the environment hears of it
  const closeConnections = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    address,
    attach(session, admits, beside) {
      const take = (socket: Socket): void => {
        if (admits(socket)) serve(socket, session, beside);
        else socket.destroy();
      };
      current = take;
      waiting.release(take);
    },
    detach() {
      current = undefined;
      closeConnections();
    },
    async [Symbol.asyncDispose]() {
      closeConnections();
      await address.catch(() => {}); // a listener that is still being opened cannot be closed yet
      if (listener.listening) await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
