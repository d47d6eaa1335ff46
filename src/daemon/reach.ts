/** Where this daemon is reached: asked for by many, known in full only once it listens. */
import type { ListenAddress } from '../gateway/listener.ts';
import { formatHostAndPort, type HostAndPort } from './config/listen-address.ts';

export class Reach {
  readonly #configured: HostAndPort;
  #addresses: readonly ListenAddress[] = [];
  #nameServer: string | undefined;

  /** @param configured LOCALSTACK_HOST; without a port, the one that is really taken goes with it */
  constructor(configured: HostAndPort) {
    this.#configured = configured;
  }

  get addresses(): readonly ListenAddress[] {
    return this.#addresses;
  }

  /** The daemon listens, from now on, there. */
  listens(addresses: readonly ListenAddress[]): void {
    this.#addresses = addresses;
  }

  /** The address under which containers have a DNS server that knows the daemon's names, if there is one. */
  get nameServer(): string | undefined {
    return this.#nameServer;
  }

  /** Names are resolved, from now on, there. */
  resolvesNames(address: string): void {
    this.#nameServer = address;
  }

  /** `host:port` for URLs. */
  readonly publicHost = (): string => {
    const { host, port } = this.#configured;
    return `${host}:${port ?? this.#addresses[0]?.port ?? 0}`;
  };

  /**
   * For functions, to which the daemon's host has this name; over loopback, an address that stands for all interfaces
   * is left out.
   */
  urlFor(advertised: string): string | undefined {
    const first = this.#addresses[0];
    if (first === undefined) return undefined;
    const host = advertised === '127.0.0.1' ? loopbackOf(first.host) : advertised;
    return `http://${formatHostAndPort({ host, port: first.port })}`;
  }
}

const loopbackOf = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);
