/** Ports of this machine that nobody listens on. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Disposing it lets it be taken again. */
export interface FreePort extends Disposable {
  readonly number: number;
}

export class FreePorts {
  readonly #taken = new Set<FreePort>();

  /**
   * One that is not taken here, whether or not its taker listens already.
   * @throws Error when the system has none
   */
  async take(): Promise<FreePort> {
    for (;;) {
      const probe = createServer();
      probe.listen(0, '127.0.0.1');
      await once(probe, 'listening');
      const { port: number } = probe.address() as AddressInfo;
      await new Promise((resolve) => probe.close(resolve));
      if ([...this.#taken].some((taken) => taken.number === number)) continue;
      const port: FreePort = { number, [Symbol.dispose]: () => void this.#taken.delete(port) };
      this.#taken.add(port);
      return port;
    }
  }
}
