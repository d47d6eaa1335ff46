/** An HTTP server of the test's own that keeps the JSON documents posted to it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type Waiting = { readonly holds: () => boolean; readonly resolve: () => void };

export class Collector implements AsyncDisposable {
  readonly documents: Record<string, unknown>[] = [];
  readonly #server: Server;
  readonly #waiting = new Set<Waiting>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Collector> {
    const server = createServer();
    const collector = new Collector(server);
    server.on('request', (request, response) => {
      void json(request).then((document) => {
        collector.#take(document as Record<string, unknown>);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    return collector;
  }

  /** At every address of this machine: also containers reach it. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The values of one member, of those documents that have it. */
  all(member: string): readonly unknown[] {
    return this.documents.filter((document) => member in document).map((document) => document[member]);
  }

  /** Resolves when the condition holds, looked at with each document that comes. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ holds, resolve }));
  }

  #take(document: Record<string, unknown>): void {
    this.documents.push(document);
    for (const waiting of this.#waiting) {
      if (!waiting.holds()) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
