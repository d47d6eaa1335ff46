/**
 * Where the X-Ray SDKs in functions send what they recorded: a UDP port in place of the X-Ray daemon, one for all
 * environments, since every segment names its trace.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html ("Sending segment documents to the
 * X-Ray daemon")
 */
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Logger } from '../kernel/logger.ts';
import { parseSegment, type SegmentSink } from './segment-document.ts';

export interface XRayDaemonDeps {
  readonly sink: SegmentSink;
  readonly logger: Logger;
}

/** The address to bind, and the host under which functions find it. */
export interface DaemonHost {
  readonly listen: string;
  readonly advertise: string;
}

const header = /^\{[^\n]*"format" *: *"json"[^\n]*\}\n/;

export class XRayDaemon implements AsyncDisposable {
  readonly #deps: XRayDaemonDeps;
  #socket: Socket | undefined;
  #opening: Promise<void> | undefined;
  #address: string | undefined;
  #refused = 0;

  constructor(deps: XRayDaemonDeps) {
    this.#deps = deps;
  }

  /** `host:port` for AWS_XRAY_DAEMON_ADDRESS, once it is open. */
  get address(): string | undefined {
    return this.#address;
  }

  /** Opens the port when that was not done yet; where it cannot be had, what functions record is lost. */
  open(host: DaemonHost): Promise<void> {
    this.#opening ??= this.#open(host).catch((error: unknown) => {
      this.#deps.logger.warn('What X-Ray SDKs in functions record is lost: no UDP port could be opened.', { error });
    });
    return this.#opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opening;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  }

  async #open({ listen, advertise }: DaemonHost): Promise<void> {
    // Loaded with the first function: a daemon without one starts sooner.
    const { createSocket } = await import('node:dgram');
    const socket = createSocket(listen.includes(':') ? 'udp6' : 'udp4', (datagram) => this.#receive(datagram));
    const listening = once(socket, 'listening');
    socket.bind(0, listen);
    await listening;
    socket.on('error', (error) => this.#deps.logger.warn('A datagram could not be received.', { error }));
    this.#socket = socket;
    this.#address = `${advertise}:${socket.address().port}`;
  }

  #receive(datagram: Buffer): void {
    const text = datagram.toString();
    const start = header.exec(text)?.[0].length;
    const segment = start === undefined ? undefined : parseSegment(text.slice(start));
    if (segment !== undefined) {
      this.#deps.sink.take(segment, text.length);
      return;
    }
    this.#refused += 1;
    if (this.#refused > 1) return;
    this.#deps.logger.warn('A function sent a datagram that is no X-Ray segment; more of them are dropped silently.');
  }
}
