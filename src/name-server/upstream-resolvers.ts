/** Asks real resolvers what this daemon does not know, one after the other, and hands on what they say as it came. */
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { type DnsQuery, isAnswerTo, isUnsure } from './dns-message.ts';
import { MessageStream, withLength } from './message-stream.ts';
import type { ResolverAddress } from './resolv-conf.ts';

export type Transport = 'udp' | 'tcp';

/** Three resolvers get their turn before a client gives up, which is after five seconds. */
const patience = milliseconds(1500);
/** Beyond that, queries fail at once: nothing asks so much at a time but a loop. */
const mostAtATime = 256;

export class UpstreamResolvers {
  readonly #resolvers: readonly ResolverAddress[];
  readonly #clock: Clock;
  /** By the bytes of the query: one that comes back while it is asked, from a loop or an impatient client, joins. */
  readonly #asked = new Map<string, Promise<Buffer | undefined>>();

  constructor(resolvers: readonly ResolverAddress[], clock: Clock) {
    this.#resolvers = resolvers;
    this.#clock = clock;
  }

  /** @returns nothing when no resolver answers */
  ask(query: DnsQuery, transport: Transport, signal: AbortSignal): Promise<Buffer | undefined> {
    const key = transport + query.packet.toString('latin1');
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    if (this.#asked.size >= mostAtATime) return Promise.resolve(undefined);
    const answer = this.#askEach(query, transport, signal).finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    return answer;
  }

  async #askEach(query: DnsQuery, transport: Transport, signal: AbortSignal): Promise<Buffer | undefined> {
    let unsure: Buffer | undefined;
    for (const resolver of this.#resolvers) {
      if (signal.aborted) break;
      const answer = await this.#askOne(resolver, query, transport, signal);
      if (answer === undefined) continue;
      if (!isUnsure(answer)) return answer;
      unsure ??= answer;
    }
    return unsure;
  }

  async #askOne(
    resolver: ResolverAddress,
    query: DnsQuery,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<Buffer | undefined> {
    const answered = Promise.withResolvers<Buffer | undefined>();
    const give = (answer?: Buffer): void => answered.resolve(answer);
    const stop = (): void => give();
    using _timer = this.#clock.timer(patience, stop);
    signal.addEventListener('abort', stop, { once: true });
    const end = (transport === 'udp' ? askByUdp : askByTcp)(resolver, query, give);
    try {
      return await answered.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      end();
    }
  }
}

/** Connected, so that the system passes only what this resolver sends, and says when nobody listens there. */
function askByUdp({ host, port }: ResolverAddress, query: DnsQuery, give: (answer?: Buffer) => void): () => void {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  let open = true;
  socket.on('error', () => give());
  socket.on('message', (answer) => {
    if (isAnswerTo(query, answer)) give(answer);
  });
  socket.connect(port, host, (error?: Error) => {
    if (error !== undefined) give();
    else if (open) socket.send(query.packet);
  });
  return () => {
    open = false;
    socket.close();
  };
}

function askByTcp({ host, port }: ResolverAddress, query: DnsQuery, give: (answer?: Buffer) => void): () => void {
  const socket = connect({ host, port });
  const messages = new MessageStream((answer) => give(isAnswerTo(query, answer) ? answer : undefined));
  socket.on('error', () => give());
  socket.on('close', () => give());
  socket.on('data', (chunk: Buffer) => messages.push(chunk));
  socket.write(withLength(query.packet));
  return () => socket.destroy();
}
