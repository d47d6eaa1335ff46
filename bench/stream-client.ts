/** Reads streamed answers as they come, on plain `node:http` with one connection kept alive. */
import { Agent, request } from 'node:http';
import type { Target } from './keep-alive-client.ts';

export interface Streamed {
  /** Milliseconds from the write of the first chunk, which tells when that was, to its arrival. */
  readonly firstByte: number;
  readonly bytes: number;
  /** Milliseconds from the request to the end of the answer. */
  readonly whole: number;
}

export class StreamClient implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  read({ port, path, headers }: Target): Promise<Streamed> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request({ agent: this.#agent, host: '127.0.0.1', port, path, headers: { ...headers } }, (answer) => {
        let firstByte = Number.NaN;
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          if (bytes === 0) firstByte = millisecondsSince(chunk);
          bytes += chunk.length;
        });
        answer.on('end', () => resolve({ firstByte, bytes, whole: performance.now() - began }));
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** The clock is that of the whole machine; a first chunk holds nothing but its time. */
function millisecondsSince(chunk: Buffer): number {
  const now = process.hrtime.bigint();
  const written = /^\d+/.exec(chunk.toString('latin1', 0, 20))?.[0];
  if (written === undefined) throw new Error(`not a time: ${chunk.toString('latin1', 0, 200)}`);
  return Number(now - BigInt(written)) / 1e6;
}
