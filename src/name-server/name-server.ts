/** A DNS server for containers, over UDP and TCP. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { MessageStream, withLength } from './message-stream.ts';
import type { ResolverAddress } from './resolv-conf.ts';
import type { Transport } from './upstream-resolvers.ts';

export interface Answers {
  /** Nothing where no answer is due. Never rejects. */
  answer(packet: Buffer, transport: Transport, signal: AbortSignal): Promise<Buffer | undefined>;
}

export interface NameServerOptions {
  /** Port 0 takes a free one. */
  readonly listen: ResolverAddress;
  readonly resolution: Answers;
  /** Whether an asker at this address is served at all. */
  readonly serves: (address: string) => boolean;
  readonly clock: Clock;
}

/** Clients keep a connection for a few questions at most. */
const idleLimit = milliseconds(10_000);
const mostConnections = 64;
/** Of one connection; who asks more is read no further until answers are out. */
const mostUnanswered = 16;
/** Bytes. */
const mostUnread = 256 * 1024;

export class NameServer implements AsyncDisposable {
  readonly address: ResolverAddress;
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  readonly #connections = new Set<Socket>();
  readonly #options: NameServerOptions;
  readonly #stop = new AbortController();

  private constructor(udp: UdpSocket, tcp: Server, options: NameServerOptions) {
    this.#udp = udp;
    this.#tcp = tcp;
    this.#options = options;
    this.address = { host: options.listen.host, port: udp.address().port };
    tcp.maxConnections = mostConnections;
    tcp.on('connection', (socket) => this.#serve(socket));
    // A datagram that cannot be sent is lost, as any may be; the asker asks again.
    udp.on('error', () => undefined);
    udp.on('message', (packet, { address, port }) => void this.#reply(packet, address, port));
  }

  /** @throws Error of the system, EADDRINUSE for example, with nothing left open */
  static async open(options: NameServerOptions): Promise<NameServer> {
    const { host, port } = options.listen;
    const tcp = createServer();
    tcp.listen(port, host);
    await once(tcp, 'listening');
    const udp = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    try {
      udp.bind((tcp.address() as AddressInfo).port, host);
      await once(udp, 'listening');
    } catch (error) {
      udp.close();
      tcp.close();
      throw error;
    }
    return new NameServer(udp, tcp, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    for (const socket of this.#connections) socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => this.#udp.close(() => resolve())),
      new Promise<void>((resolve) => this.#tcp.close(() => resolve())),
    ]);
  }

  async #reply(packet: Buffer, address: string, port: number): Promise<void> {
    // Nothing comes from port 0, and a server's own port asks only in a loop of servers.
    if (port === 0 || port === this.address.port || !this.#options.serves(address)) return;
    const answer = await this.#options.resolution.answer(packet, 'udp', this.#stop.signal);
    if (answer !== undefined && !this.#stop.signal.aborted) this.#udp.send(answer, port, address);
  }

  #serve(socket: Socket): void {
    const { resolution, serves, clock } = this.#options;
    if (!serves(socket.remoteAddress ?? '')) {
      socket.destroy();
      return;
    }
    this.#connections.add(socket);
    const idle = clock.timer(idleLimit, () => socket.destroy());
    let unanswered = 0;
    const messages = new MessageStream(async (packet) => {
      unanswered += 1;
      if (unanswered >= mostUnanswered) socket.pause();
      const answer = await resolution.answer(packet, 'tcp', this.#stop.signal);
      unanswered -= 1;
      // Nor is anything kept for one who asks and does not read.
      if (answer === undefined || socket.writableLength > mostUnread) socket.destroy();
      else socket.write(withLength(answer));
      if (unanswered < mostUnanswered) socket.resume();
    });
    socket.on('data', (chunk: Buffer) => {
      idle.restart();
      messages.push(chunk);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      idle[Symbol.dispose]();
      this.#connections.delete(socket);
    });
  }
}
