/** Connections to the ports on which subscribers listen inside their environment. */
import { Agent } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Rejects, or ends the connection soon, when nobody listens. */
export type ConnectPort = (port: number) => Promise<Duplex>;

/** One connection at a time, kept for the next request. */
export class PortAgent extends Agent {
  readonly #connect: () => Promise<Duplex>;

  constructor(connectPort: () => Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#connect = connectPort;
  }

  override createConnection(_options: unknown, connected?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#connect().then(
      (stream) => connected?.(null, stream),
      // The stream of a failure is nobody's.
      (error: Error) => connected?.(error, new Socket()),
    );
  }

  /** Another stream than a socket knows nothing of being kept. */
  override keepSocketAlive(stream: Duplex): boolean {
    if (!(stream instanceof Socket)) return false;
    super.keepSocketAlive(stream);
    return true;
  }
}
