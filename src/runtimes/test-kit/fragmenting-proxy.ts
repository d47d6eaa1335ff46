/** A TCP proxy that hands what the server sends on in pieces of a few bytes: the worst that a network may do. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listenOnLoopback } from './listen-on-loopback.ts';

/** Sizes are taken in turn, so that every boundary of a message is split at sooner or later. */
const pieceSizes = [1, 2, 1, 3, 7, 1, 11];
/** What comes after this many bytes of one read leaves whole: large bodies would take for ever. */
const fragmentedBytes = 2_000;

export class FragmentingProxy implements AsyncDisposable {
  readonly address: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, address: string) {
    this.#server = server;
    this.address = address;
  }

  static async start(target: string): Promise<FragmentingProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new FragmentingProxy(server, await listenOnLoopback(server));
    const [host = '', port] = target.split(':');
    server.on('connection', (client) => proxy.#join(client, connect({ host, port: Number(port), noDelay: true })));
    return proxy;
  }

  #join(client: Socket, upstream: Socket): void {
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.pipe(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
    this.#forward(upstream, client).catch(() => client.destroy());
  }

  async #forward(upstream: Socket, client: Socket): Promise<void> {
    let piece = 0;
    for await (const bytes of upstream) {
      let at = 0;
      while (at < bytes.length) {
        const size = at < fragmentedBytes ? (pieceSizes[piece++ % pieceSizes.length] ?? 1) : bytes.length;
        await new Promise((written) => client.write(bytes.subarray(at, at + size), written));
        at += size;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
