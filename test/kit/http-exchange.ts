/** One HTTP request with any Host, on a connection of its own, and its whole answer. */
import { type IncomingHttpHeaders, request } from 'node:http';

export interface ExchangeRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** @param address `host:port` */
export function exchange(address: string, sent: ExchangeRequest = {}): Promise<ExchangeAnswer> {
  const { method = 'GET', path = '/', headers = {}, body } = sent;
  return new Promise((resolve, reject) => {
    const [host = '', port] = address.split(':');
    const options = { host, port, method, path, headers: { ...headers }, agent: false };
    const outgoing = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
