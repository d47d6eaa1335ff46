/** The certificates under which the daemon is reached by TLS: one for each name that is asked for, made on first use. */
import { networkInterfaces } from 'node:os';
import type { SecureContext } from 'node:tls';
import type { AuthorityDeps } from './certificate-authority.ts';
import { CertificateAuthority, type ServerCertificate, serverDays } from './certificate-authority.ts';

export interface ShownCertificate extends ServerCertificate {
  readonly context: SecureContext;
}

interface Made {
  readonly shown: ShownCertificate;
  /** Epoch, milliseconds. */
  readonly renewAt: number;
}

/** Clients ask for few names; whoever asks for many does it to fill the memory. */
const keptNames = 200;

const halfOfItsTime = (serverDays / 2) * 86_400_000;

/** For clients that do not say whom they want; `*` stands for one label only. */
const ownNames = ['localhost', 'localhost.localstack.cloud', '*.localhost.localstack.cloud'];

export class ServerCertificates {
  readonly #deps: AuthorityDeps;
  readonly #given: ServerCertificate | undefined;
  readonly #made = new Map<string, Made>();
  #authority: Promise<CertificateAuthority> | undefined;

  /** @param given what to show whatever name is asked for, in place of certificates of our own */
  constructor(deps: AuthorityDeps, given?: ServerCertificate) {
    this.#deps = deps;
    this.#given = given;
  }

  /**
   * @param name as the client sends it; clients that connect to an address send none
   * @throws Error when no certificate can be had
   */
  async certificateFor(name: string | undefined): Promise<ShownCertificate> {
    const key = this.#given === undefined && name !== undefined && isHostName(name) ? name.toLowerCase() : '';
    const now = this.#deps.clock.now();
    const made = this.#made.get(key);
    if (made !== undefined && made.renewAt > now) return made.shown;
    const { createSecureContext } = await import('node:tls');
    const pair = this.#given ?? (await this.#issue(key));
    const shown = { ...pair, context: createSecureContext({ cert: pair.certificate, key: pair.key }) };
    this.#keep(key, { shown, renewAt: now + halfOfItsTime });
    return shown;
  }

  async #issue(name: string): Promise<ServerCertificate> {
    this.#authority ??= CertificateAuthority.open(this.#deps);
    try {
      const authority = await this.#authority;
      return authority.issue(name === '' ? [...ownNames, ...ownAddresses()] : [name]);
    } catch (error) {
      this.#authority = undefined; // what was wrong may be put right
      throw error;
    }
  }

  #keep(name: string, made: Made): void {
    const [oldest] = this.#made.keys();
    if (oldest !== undefined && this.#made.size >= keptNames) this.#made.delete(oldest);
    this.#made.set(name, made);
  }
}

const isHostName = (name: string): boolean =>
  name.length <= 253 && /^(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}$/i.test(name);

const ownAddresses = (): readonly string[] => [
  ...new Set([
    '127.0.0.1',
    '::1',
    ...Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address),
  ]),
];
