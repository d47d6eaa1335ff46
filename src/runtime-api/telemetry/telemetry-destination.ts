/** Carries batches of records to a subscriber, over HTTP or TCP. */
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { DestinationAddress } from './telemetry-subscription.ts';

export interface TelemetryDestination extends Disposable {
  /**
   * Rejects when the subscriber did not take the batch, or the signal aborted before it had.
   * @param records JSON texts
   */
  send(records: readonly string[], signal: AbortSignal): Promise<void>;
}

/** @param host where the environment's ports are reached from here */
export function openDestination(address: DestinationAddress, host: string): TelemetryDestination {
  return address.protocol === 'HTTP' ? new HttpDestination(address, host) : new TcpDestination(address.port, host);
}

class HttpDestination implements TelemetryDestination {
  readonly #address: Extract<DestinationAddress, { protocol: 'HTTP' }>;
  readonly #host: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(address: Extract<DestinationAddress, { protocol: 'HTTP' }>, host: string) {
    this.#address = address;
    this.#host = host;
  }

  send(records: readonly string[], signal: AbortSignal): Promise<void> {
    const { port, path, method } = this.#address;
    const body = Buffer.from(`[${records.join(',')}]`);
    const headers = {
      Host: `sandbox.localdomain:${port}`,
      'Content-Type': 'application/json',
      'Content-Length': body.length,
    };
    return new Promise((resolve, reject) => {
      const options = { host: this.#host, port, path, method, headers, agent: this.#agent, signal };
      const sent = request(options, (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.on('error', reject);
        response.on('end', () => {
          if (statusCode >= 200 && statusCode < 300) resolve();
          else reject(new Error(`the subscriber answered ${statusCode}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** One connection, opened when it is needed; a line of JSON for each record. */
class TcpDestination implements TelemetryDestination {
  readonly #port: number;
  readonly #host: string;
  #socket: Socket | undefined;

  constructor(port: number, host: string) {
    this.#port = port;
    this.#host = host;
  }

  send(records: readonly string[], signal: AbortSignal): Promise<void> {
    const socket = this.#connected();
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        socket.destroy();
        reject(new Error('the subscriber did not take the records'));
      };
      signal.addEventListener('abort', fail, { once: true });
      socket.once('close', fail);
      socket.write(`${records.join('\n')}\n`, (error) => {
        signal.removeEventListener('abort', fail);
        socket.off('close', fail);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #connected(): Socket {
    if (this.#socket !== undefined && !this.#socket.destroyed) return this.#socket;
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    socket.on('error', () => socket.destroy()); // Whoever sends hears of it.
    socket.resume(); // What the subscriber says is of no interest, but its end is.
    this.#socket = socket;
    return socket;
  }

  [Symbol.dispose](): void {
    // What was written is still delivered.
    this.#socket?.end();
    this.#socket?.unref();
  }
}
