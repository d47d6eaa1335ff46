/** Stands between a daemon and its engine, so that a test can take the engine away and give it back. */

import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class EngineProxy implements AsyncDisposable {
  readonly host: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #open = true;

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
    this.host = `unix://${join(folder, 'docker.sock')}`;
  }

  /** @param engine as DOCKER_HOST names it */
  static async start(engine: string): Promise<EngineProxy> {
    const folder = mkdtempSync(join(tmpdir(), 'lambdad-proxy-'));
    const server = createServer({ allowHalfOpen: true });
    const proxy = new EngineProxy(folder, server);
    server.on('connection', (near: Socket) => proxy.#join(near, connect(engine.replace('unix://', ''))));
    await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve));
    return proxy;
  }

  /** Ends every connection, and each new one too. */
  cut(): void {
    this.#open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#open = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true });
  }

  #join(near: Socket, far: Socket): void {
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    if (this.#open) near.pipe(far).pipe(near);
    else near.destroy();
  }
}
