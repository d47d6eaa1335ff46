/** Carries batches of records to a subscriber, over HTTP or TCP. */
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ConnectPort, PortAgent } from './telemetry-connection.ts';
import type { DestinationAddress } from './telemetry-subscription.ts';

export interface TelemetryDestination extends Disposable {
  /**
   * Rejects when the subscriber did not take the batch, or the signal aborted before it had.
   * @param records JSON texts
   */
  send(records: readonly string[], signal: AbortSignal): Promise<void>;
}

/** @param connect to a port of the environment's */
export function openDestination(address: DestinationAddress, connect: ConnectPort): TelemetryDestination {
  return address.protocol === 'HTTP'
    ? new HttpDestination(address, connect)
    : new TcpDestination(address.port, connect);
}

class HttpDestination implements TelemetryDestination {
  readonly #address: Extract<DestinationAddress, { protocol: 'HTTP' }>;
  readonly #agent: PortAgent;

  constructor(address: Extract<DestinationAddress, { protocol: 'HTTP' }>, connect: ConnectPort) {
    this.#address = address;
    this.#agent = new PortAgent(() => connect(address.port));
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
      const sent = request({ port, path, method, headers, agent: this.#agent, signal }, (response) => {
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
  readonly #connect: ConnectPort;
  #stream: Promise<Duplex> | undefined;

  constructor(port: number, connect: ConnectPort) {
    this.#port = port;
    this.#connect = connect;
  }

  async send(records: readonly string[], signal: AbortSignal): Promise<void> {
    this.#stream ??= this.#connected();
    const stream = await this.#stream;
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        stream.destroy();
        reject(new Error('the subscriber did not take the records'));
      };
      if (signal.aborted || stream.destroyed) return fail();
      signal.addEventListener('abort', fail, { once: true });
      stream.once('close', fail);
      stream.write(`${records.join('\n')}\n`, (error) => {
        signal.removeEventListener('abort', fail);
        stream.off('close', fail);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  async #connected(): Promise<Duplex> {
    const gone = (): void => {
      this.#stream = undefined;
    };
    try {
      const stream = await this.#connect(this.#port);
      stream.on('error', () => stream.destroy()); // Whoever sends hears of it.
      stream.on('close', gone);
      stream.resume(); // What the subscriber says is of no interest, but its end is.
      return stream;
    } catch (error) {
      gone();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    // What was written is still delivered.
    this.#stream?.then((stream) => stream.end()).catch(() => undefined);
  }
}
