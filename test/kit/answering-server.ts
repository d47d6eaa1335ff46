/** A request listener of the daemon on a free port, behind real sockets. */
import type { RequestListener } from 'node:http';
import { type Listener, listen } from '../../src/gateway/listener.ts';
import { withoutTls } from './without-tls.ts';

export class AnsweringServer implements AsyncDisposable {
  /** `host:port` */
  readonly address: string;
  readonly #listener: Listener;

  private constructor(listener: Listener) {
    this.#listener = listener;
    this.address = `127.0.0.1:${listener.addresses[0]?.port}`;
  }

  static async start(onRequest: RequestListener): Promise<AnsweringServer> {
    return new AnsweringServer(await listen([{ host: '127.0.0.1', port: 0 }], onRequest, withoutTls));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
  }
}
