/** What a query is answered: our own names with the daemon's address, everything else with what real resolvers say. */
import { isIPv4 } from 'node:net';
import { answerWith, type DnsQuery, failureOf, internetClass, parseQuery, recordType } from './dns-message.ts';
import type { LocalNames } from './local-names.ts';
import type { Transport, UpstreamResolvers } from './upstream-resolvers.ts';

export interface NameResolutionDeps {
  readonly names: LocalNames;
  /** Under which the asker reaches the daemon. */
  readonly address: string;
  readonly upstream: UpstreamResolvers;
}

export class NameResolution {
  readonly #deps: NameResolutionDeps;

  constructor(deps: NameResolutionDeps) {
    this.#deps = deps;
  }

  /** @returns nothing where no answer is due */
  async answer(packet: Buffer, transport: Transport, signal: AbortSignal): Promise<Buffer | undefined> {
    const query = parseQuery(packet);
    if (query === undefined) return undefined;
    if (query.kind === 'unusable') return failureOf(query, query.code);
    const { names, upstream } = this.#deps;
    const { name, class: askedClass } = query.question;
    if (askedClass === internetClass && names.include(name)) return this.#own(query);
    return (await upstream.ask(query, transport, signal)) ?? failureOf(query, 'server-failure');
  }

  /** A name that exists, with one record: whoever asks for another kind (AAAA, HTTPS) hears that there is none. */
  #own(query: DnsQuery): Buffer {
    const { address } = this.#deps;
    const { type } = query.question;
    const has = isIPv4(address) ? recordType.a : recordType.aaaa;
    return answerWith(query, type === has || type === recordType.any ? [address] : []);
  }
}
