/** A TCP connection on which a test writes HTTP byte by byte, as no client library would. */
import { connect, type Socket } from 'node:net';

export class RawConnection implements Disposable {
  readonly #socket: Socket;
  #received = '';
  #waiting: (() => void) | undefined;
  /** Resolves when the other side has closed, or cut, the connection. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#waiting?.();
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
        this.#waiting?.();
      });
    });
  }

  /** @param address `host:port` */
  static async open(address: string): Promise<RawConnection> {
    const colon = address.lastIndexOf(':');
    const socket = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawConnection(socket);
  }

  /** A whole conversation, which the other side is to end: writes, then reads until it closes. */
  static async exchange(port: number, request: string | Buffer): Promise<string> {
    using connection = await RawConnection.open(`127.0.0.1:${port}`);
    await connection.write(request);
    return await connection.whole();
  }

  /** A conversation that is broken off: writes, says that there is no more, reads until the other side closes. */
  static async cutOff(port: number, request: string | Buffer): Promise<string> {
    using connection = await RawConnection.open(`127.0.0.1:${port}`);
    connection.#socket.end(request);
    return await connection.whole();
  }

  /** All that came until the other side closed the connection, however it did. */
  async whole(): Promise<string> {
    await this.closed;
    return this.#received;
  }

  /** Everything that has arrived. */
  get received(): string {
    return this.#received;
  }

  /** Resolves when the bytes are on their way; false when the connection is gone. */
  write(text: string | Buffer): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve(false);
      else this.#socket.write(text, (error) => resolve(error === undefined || error === null));
    });
  }

  /** Each byte in a packet of its own. */
  async writeByteByByte(text: string | Buffer): Promise<void> {
    for (const byte of Buffer.from(text)) await this.write(Buffer.of(byte));
  }

  /** Resolves with all that arrived once it matches, or rejects when the connection ends before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) {
      if (this.#socket.destroyed) throw new Error(`the connection ended before ${pattern}: ${this.#received}`);
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.#received;
  }

  /** Ends the sending half only. */
  endWriting(): void {
    this.#socket.end();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
