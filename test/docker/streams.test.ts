/** Functions in containers that stream through AWS's own runtime interface client for Node.js. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { startDockerDaemon } from './docker-daemon.ts';

const code = {
  'index.js': `
    const { Readable } = require('node:stream');
    const turn = () => new Promise((done) => setTimeout(done, 100));
    exports.handler = awslambda.streamifyResponse(async ({ rawQueryString, asked = rawQueryString }, stream) => {
      switch (asked) {
        case 'http': {
          const metadata = { statusCode: 418, headers: { 'x-own': 'yes' }, cookies: ['a=1', 'b=2'] };
          const body = awslambda.HttpResponseStream.from(stream, metadata);
          body.write('short '); await turn(); body.write('and stout'); body.end();
          return;
        }
        case 'pipe': Readable.from(['piped ', 'text']).pipe(stream); return;
        case 'before': throw new RangeError('too early');
        case 'behind': stream.write('some'); await turn(); throw new RangeError('too late');
        case 'die': stream.write('some'); await turn(); process.exit(3);
      }
    });`,
};

let daemon: TestDaemon;
let name: string;
let host: string;
before(async () => {
  daemon = await startDockerDaemon();
  ({ name } = await daemon.function({ Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20, code }));
  host = await urlOf(daemon.lambda, name, 'NONE', { InvokeMode: 'RESPONSE_STREAM' });
});
after(() => daemon[Symbol.asyncDispose]());

async function open(asked: string): Promise<IncomingMessage> {
  const sent = get({ host: '127.0.0.1', port: daemon.port, path: `/?${asked}`, headers: { host } });
  return ((await once(sent, 'response')) as [IncomingMessage])[0];
}

/** What came, and the error that came behind it. */
async function invoke(asked: string): Promise<readonly [string, unknown]> {
  const { EventStream = [] } = await daemon.lambda.send(
    new InvokeWithResponseStreamCommand({ FunctionName: name, Payload: JSON.stringify({ asked }) }),
  );
  let came = '';
  let details: string | undefined;
  for await (const { PayloadChunk, InvokeComplete } of EventStream) {
    came += Buffer.from(PayloadChunk?.Payload ?? []).toString();
    details = InvokeComplete?.ErrorDetails;
  }
  return [came, details && (JSON.parse(details) as { errorType: string }).errorType];
}

test('status, headers and cookies come before the parts, each as it is written', async () => {
  const answer = await open('http');
  assert.deepEqual([answer.statusCode, answer.headers['x-own']], [418, 'yes']);
  assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
  const parts: string[] = [];
  for await (const part of answer) parts.push(String(part));
  assert.deepEqual(parts, ['short ', 'and stout']);
});

test('a stream that is piped to goes on after the handler has returned', async () => {
  assert.equal(await text(await open('pipe')), 'piped text');
});

test('an error before the first byte is a 502, one behind it breaks the answer off', async () => {
  const refused = await open('before');
  assert.deepEqual([refused.statusCode, await text(refused)], [502, 'Internal Server Error']);
  await assert.rejects(text(await open('behind')), { code: 'ECONNRESET' });
  assert.deepEqual(await invoke('before'), ['', 'RangeError']);
  assert.deepEqual(await invoke('behind'), ['some', 'RangeError']);
});

test('a process that dies in the middle, and the next call', async () => {
  assert.deepEqual(await invoke('die'), ['some', 'Runtime.ExitError']);
  assert.deepEqual(await invoke('pipe'), ['piped text', undefined]);
});
