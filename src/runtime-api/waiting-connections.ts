/** Connections that came before there was a session to serve them. */
import type { Socket } from 'node:net';

/**
 * They are read while they wait, or their end would go unseen: a process that is being replaced may have connected once
 * more, and what it asked for must not be taken for the new process's.
 */
export class WaitingConnections {
  readonly #early = new Map<Socket, Buffer[]>();

  add(socket: Socket): void {
    const early: Buffer[] = [];
    this.#early.set(socket, early);
    socket.on('data', (chunk: Buffer) => early.push(chunk));
    socket.once('end', () => this.#early.delete(socket));
    socket.once('close', () => this.#early.delete(socket));
  }

  /** Hands over those that are still open, with all that has arrived on them. */
  release(serve: (socket: Socket) => void): void {
    for (const [socket, early] of this.#early) {
      socket.removeAllListeners('data');
      socket.pause();
      socket.unshift(Buffer.concat(early));
      serve(socket);
      socket.resume();
    }
    this.#early.clear();
  }
}
