/** Whatever is sent, the daemon answers it, soon, and never with a fault of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { RawConnection } from '../kit/raw-connection.ts';
import { AttackedDaemon } from './attacked-daemon.ts';
import { randomRequest } from './random-request.ts';

const functions = '/2015-03-31/functions';

suite('random requests', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
    // A request may change its configuration, rightly: the canary, which has to go on singing, is not named in any.
    await attacked.daemon.function({ FunctionName: 'victim', code: { 'index.js': 'exports.handler = (x) => x;' } });
  });
  after(() => attacked[Symbol.asyncDispose]());

  test('requests that keep the rules of HTTP are answered, and no answer is a 500', async () => {
    const { port } = attacked.daemon;
    await fc.assert(
      fc.asyncProperty(randomRequest, async ({ method, target, headers, body }) => {
        // Node's client leaves the length out for some methods, and the body would be read as the next request.
        const all = { ...headers, 'content-length': Buffer.byteLength(body) };
        const sent = request({ host: '127.0.0.1', port, method, path: target, headers: all });
        sent.end(body);
        const [response] = (await once(sent, 'response')) as [IncomingMessage];
        const answer = await text(response);
        const status = response.statusCode ?? 0;
        assert.ok(status < 500 || status === 501, `${status} ${answer}`);
      }),
      { numRuns: 1_500 },
    );
    await attacked.stillServes();
  });

  test('bytes that keep no rules are answered or dropped', async () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          'GET ',
          'POST ',
          functions,
          '/victim/invocations',
          ' HTTP/1.1\r\n',
          'Host: localhost\r\n',
          'Content-Length: 5\r\n',
          'Transfer-Encoding: chunked\r\n',
          'Connection: close\r\n',
          '\r\n',
          '\r\n\r\n',
          '5\r\n',
          '0\r\n\r\n',
          '\0',
          '{}',
        ),
        fc.string({ unit: 'binary', maxLength: 10 }),
      ),
      { maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const answer = await RawConnection.cutOff(attacked.daemon.port, parts.join(''));
        assert.doesNotMatch(answer, /^HTTP\/1\.1 500/m);
      }),
      { numRuns: 700 },
    );
    await attacked.stillServes();
  });

  test('random headers of an invocation never break the line to the runtime', async () => {
    const { port } = attacked.daemon;
    const context = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(context, fc.string({ unit: 'binary' }), async (clientContext, trace) => {
        const lines = [
          `POST ${functions}/canary/invocations HTTP/1.1`,
          'Host: localhost',
          'Connection: close',
          `X-Amz-Client-Context: ${Buffer.from(clientContext).toString('base64')}`,
          `X-Amzn-Trace-Id: Root=1${trace.replaceAll(/[\r\n\0]/g, '')}`,
          'Content-Length: 2',
        ];
        const answer = await RawConnection.exchange(port, `${lines.join('\r\n')}\r\n\r\n42`);
        assert.match(answer, /^HTTP\/1\.1 (200 [^]*\r\n\r\n42$|400 )/);
      }),
      { numRuns: 300 },
    );
    await attacked.stillServes();
  });
});
