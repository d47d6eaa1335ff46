/** Who speaks the protocols beside plain HTTP/1.1: loaded with the first client that speaks one. */
import type { RequestListener } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { Socket } from 'node:net';
import type { SecureContext, Server as TlsServer } from 'node:tls';
import type { Logger } from '../kernel/logger.ts';
import { asHttp1 } from './http2-exchange.ts';

/** Where the certificate comes from that is shown to a client, by the name that it asks for. */
export interface Certificates {
  /** @throws Error when none can be had */
  certificateFor(name: string | undefined): Promise<ShownCertificate>;
}

export interface ShownCertificate {
  /** In PEM, as is the key. */
  readonly certificate: string;
  readonly key: string;
  readonly context: SecureContext;
}

export interface SpeakersDeps {
  /** Serves a connection that speaks HTTP/1.1. */
  readonly http: (socket: Socket) => void;
  readonly onRequest: RequestListener;
  readonly certificates: Certificates;
  /** For the handshake of TLS, in milliseconds. */
  readonly patience: number;
  readonly logger: Logger;
}

export class OtherSpeakers implements Disposable {
  readonly #deps: SpeakersDeps;
  readonly #sockets = new Set<Socket>();
  #http2: Promise<Http2Server> | undefined;
  #tls: Promise<TlsServer> | undefined;
  #disposed = false;

  constructor(deps: SpeakersDeps) {
    this.#deps = deps;
  }

  /** HTTP/2 in clear, which the client began without asking. */
  readonly http2 = (socket: Socket): void => {
    this.#http2 ??= this.#openHttp2();
    this.#hand(socket, this.#http2);
  };

  /** TLS, and in it what the two agree on. */
  readonly tls = (socket: Socket): void => {
    this.#tls ??= this.#openTls();
    this.#tls.catch(() => {
      this.#tls = undefined; // the next client may have more luck
    });
    this.#hand(socket, this.#tls);
  };

  /** Cuts every connection that was taken. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #hand(socket: Socket, server: Promise<Http2Server | TlsServer>): void {
    this.#sockets.add(socket);
    // Both protocols have an end of their own: who only closes the connection has left.
    socket.allowHalfOpen = false;
    socket.on('error', ignored).once('close', () => this.#sockets.delete(socket));
    server.then(
      (opened) => {
        if (this.#disposed) socket.destroy();
        else if (!socket.destroyed) opened.emit('connection', socket);
      },
      (error: unknown) => {
        this.#deps.logger.error('A connection could not be served.', { error });
        socket.destroy();
      },
    );
  }

  async #openHttp2(): Promise<Http2Server> {
    const { createServer } = await import('node:http2');
    const server = createServer((request, response) => {
      request.on('error', ignored);
      this.#deps.onRequest(...asHttp1(request, response));
    });
    return server.on('sessionError', ignored);
  }

  async #openTls(): Promise<TlsServer> {
    const { certificates, patience: handshakeTimeout, http, logger } = this.#deps;
    const { createServer } = await import('node:tls');
    // For clients that name nobody.
    const { certificate: cert, key } = await certificates.certificateFor(undefined);
    const server = createServer({
      cert,
      key,
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout,
      SNICallback: (name, done) => {
        certificates.certificateFor(name).then(
          ({ context }) => done(null, context),
          (error: unknown) => {
            logger.error(`There is no certificate for ${name}.`, { error });
            done(error as Error);
          },
        );
      },
    });
    server.on('secureConnection', (socket) => {
      if (socket.alpnProtocol === 'h2') this.http2(socket);
      else http(socket);
    });
    return server.on('tlsClientError', (_, socket) => socket.destroy());
  }
}

/** A client that breaks the rules or the connection: it is closed, and nobody else hears of it. */
const ignored = (): void => {};
