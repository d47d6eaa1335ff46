/** The runtime's side of the Runtime API over a real socket, one keep-alive connection as the real clients have it. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RuntimeReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ReceivedEvent {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  readonly payload: Buffer;
}

export class RuntimeClient implements Disposable {
  readonly #address: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param address `host:port`, as AWS_LAMBDA_RUNTIME_API has it */
  constructor(address: string) {
    this.#address = address;
  }

  /** Rejects when the connection ends before the reply has. */
  send(
    method: string,
    path: string,
    body: string | Buffer = '',
    headers: Record<string, string> = {},
  ): Promise<RuntimeReply> {
    return new Promise((resolve, reject) => {
      const options = {
        agent: this.#agent,
        method,
        headers: { 'Content-Length': Buffer.byteLength(body), ...headers },
      };
      const sent = request(`http://${this.#address}/2018-06-01/runtime/${path}`, options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async next(): Promise<ReceivedEvent> {
    const { status, headers, body } = await this.send('GET', 'invocation/next');
    if (status !== 200) throw new Error(`GET /next was refused with ${status}: ${body.toString()}`);
    return { requestId: String(headers['lambda-runtime-aws-request-id']), headers, payload: body };
  }

  respond(requestId: string, payload: string | Buffer, contentType?: string): Promise<RuntimeReply> {
    const headers = contentType === undefined ? {} : { 'Content-Type': contentType };
    return this.send('POST', `invocation/${requestId}/response`, payload, headers);
  }

  fail(requestId: string, payload: string, errorType = 'Handler.Error'): Promise<RuntimeReply> {
    const headers = { 'Lambda-Runtime-Function-Error-Type': errorType };
    return this.send('POST', `invocation/${requestId}/error`, payload, headers);
  }

  failInit(payload: string, errorType = 'Runtime.ImportModuleError'): Promise<RuntimeReply> {
    return this.send('POST', 'init/error', payload, { 'Lambda-Runtime-Function-Error-Type': errorType });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
