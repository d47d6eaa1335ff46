/** Which names are this daemon's: its own, and those of AWS's services, which it stands for. */

/** Endpoints of AWS's services end so. `api.aws` is where those are that speak IPv6 too. */
const awsDomains = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'api.amazonwebservices.com.cn'];

export interface LocalNamesOptions {
  /** The name in LOCALSTACK_HOST. */
  readonly publicHost: string;
  /** Names that are never answered here, whatever they are. */
  readonly upstream: readonly RegExp[];
}

export class LocalNames {
  readonly #domains: readonly string[];
  readonly #upstream: readonly RegExp[];

  constructor({ publicHost, upstream }: LocalNamesOptions) {
    const own = publicHost.toLowerCase().replace(/\.$/, '');
    this.#domains = ['localhost.localstack.cloud', ...awsDomains, ...(own.includes('.') ? [own] : [])];
    this.#upstream = upstream;
  }

  /** @param name in small letters, without a dot at its end; the bare domains of AWS are web sites, not services */
  include(name: string): boolean {
    const ours = this.#domains.some(
      (domain) => name.endsWith(`.${domain}`) || (name === domain && !awsDomains.includes(domain)),
    );
    return ours && !this.#upstream.some((pattern) => pattern.test(name));
  }
}
