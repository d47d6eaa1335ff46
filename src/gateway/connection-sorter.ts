/** Hands each connection to who speaks its protocol, once its first bytes have said which that is. */
import type { Socket } from 'node:net';
import { type Protocol, protocolOf } from './first-bytes.ts';

/** Takes a connection none of whose bytes have been read. */
export type Speakers = Readonly<Record<Protocol, (socket: Socket) => void>>;

const none = Buffer.alloc(0);

export class ConnectionSorter implements Disposable {
  readonly #speakers: Speakers;
  readonly #patience: number;
  readonly #waiting = new Set<Socket>();

  /** @param patience how long a client may take until it has said what it speaks, in milliseconds */
  constructor(speakers: Speakers, patience: number) {
    this.#speakers = speakers;
    this.#patience = patience;
  }

  readonly accept = (socket: Socket): void => {
    let head: Buffer = none;
    const look = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const protocol = protocolOf(head);
      if (protocol !== undefined) decide(protocol);
    };
    const decide = (protocol: Protocol): void => {
      stop();
      socket.setTimeout(0);
      socket.unshift(head);
      this.#speakers[protocol](socket);
    };
    // Whoever stops in the middle of the one word that is waited for speaks HTTP, and badly.
    const ended = (): void => (head.length === 0 ? giveUp() : decide('http'));
    const giveUp = (): void => {
      stop();
      socket.destroy();
    };
    const stop = (): void => {
      this.#waiting.delete(socket);
      socket.off('readable', look).off('end', ended).off('error', giveUp).off('close', stop).off('timeout', giveUp);
    };
    this.#waiting.add(socket);
    socket.setTimeout(this.#patience);
    socket.on('readable', look).on('end', ended).on('error', giveUp).on('close', stop).on('timeout', giveUp);
  };

  /** Closes what has not said what it speaks. */
  [Symbol.dispose](): void {
    for (const socket of this.#waiting) socket.destroy();
  }
}
