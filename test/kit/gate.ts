/** Where a function under test waits until the test lets it go on: it asks, and is answered once the gate is opened. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Gate implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;
  /** Settles when the function has come. */
  readonly asked: Promise<ServerResponse>;

  private constructor(server: Server, asked: Promise<ServerResponse>) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.asked = asked;
  }

  static async start(): Promise<Gate> {
    const server = createServer();
    const asked = new Promise<ServerResponse>((resolve) => {
      server.once('request', (_request, response) => resolve(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gate(server, asked);
  }

  /** Waits for the function to come, then lets it through. */
  async open(): Promise<void> {
    (await this.asked).end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
