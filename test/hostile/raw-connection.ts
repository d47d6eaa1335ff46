/** A TCP connection to the daemon for what no HTTP client would send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawConnection implements Disposable {
  readonly #socket: Socket;
  /** All that came until the daemon closed the connection, however it did. */
  readonly received: Promise<string>;
  #text = '';
  #arrived: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1');
      this.#arrived?.();
    });
    socket.on('error', () => {}); // A reset is an end like any other.
    this.received = new Promise((resolve) => {
      socket.once('close', () => resolve(this.#text));
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** A whole conversation, which the daemon is to end: sends, then reads until it closes. */
  static async exchange(port: number, request: string | Buffer): Promise<string> {
    using connection = await RawConnection.open(port);
    connection.send(request);
    return await connection.received;
  }

  /** A conversation that is broken off: sends, says that there is no more, reads until the daemon closes. */
  static async cutOff(port: number, request: string | Buffer): Promise<string> {
    using connection = await RawConnection.open(port);
    connection.#socket.end(request);
    return await connection.received;
  }

  send(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** The status line and what follows, as soon as a whole head has arrived; what came so far when the daemon closes. */
  async head(): Promise<string> {
    while (!this.#text.includes('\r\n\r\n') && !this.#socket.destroyed) {
      const arrived = new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
      await Promise.race([arrived, this.received]);
    }
    return this.#text;
  }

  /** Breaks off without a word. */
  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
