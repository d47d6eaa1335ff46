/** For tests: an HTTP server in the daemon's place, with answers given by the test and requests kept for it. */
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface GivenAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** The answer waits for it. */
  readonly after?: Promise<void>;
}

export interface AnsweringDaemon extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
}

export async function answeringDaemon(
  answer: (request: ReceivedRequest) => GivenAnswer,
  port = 0,
): Promise<AnsweringDaemon> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
    incoming.on('end', () => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      requests.push(request);
      const given = answer(request);
      void Promise.resolve(given.after).then(() => {
        outgoing.writeHead(given.status ?? 200, given.headers);
        outgoing.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? null));
      });
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
