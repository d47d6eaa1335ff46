/** Ports of this machine that nobody listens on. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** One at a time: what was given out is not given out again while it is in use here. */
export class FreePorts {
  readonly #used = new Set<number>();

  /** @throws Error when the system has none */
  async take(): Promise<number> {
    for (;;) {
      const probe = createServer();
      probe.listen(0, '127.0.0.1');
      await once(probe, 'listening');
      const { port } = probe.address() as AddressInfo;
      await new Promise((resolve) => probe.close(resolve));
      if (this.#used.has(port)) continue;
      this.#used.add(port);
      return port;
    }
  }

  giveBack(port: number): void {
    this.#used.delete(port);
  }
}
