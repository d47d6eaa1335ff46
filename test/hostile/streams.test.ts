/** Streams that go wrong: readers that are slow or leave, functions that die or write too much. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { Gate } from '../kit/gate.ts';
import { RawConnection } from '../kit/raw-connection.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { FunctionOptions } from '../kit/test-function.ts';
import { urlOf } from '../kit/url-of.ts';
import { urlRequest } from '../kit/url-request.ts';

const megabyte = 1024 * 1024;

const streaming = (body: string) => ({
  'index.js': `
    const http = require('node:http');
    const gate = (url) => new Promise((done) => http.get(url, (reply) => reply.resume().on('end', done)));
    const drained = (stream) => new Promise((done) => stream.once('drain', done));
    exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      const asked = event.rawQueryString ?? event.asked;
      ${body}
    });`,
});

const many = streaming(`
  const part = Buffer.alloc(64 * 1024, 7);
  for (let n = 0; n < Number(asked) * 16; n += 1) if (!stream.write(part)) await drained(stream);
  stream.end();`);

interface Url {
  readonly name: string;
  readonly host: string;
}

interface Ended {
  readonly bytes: number;
  readonly error: Record<string, unknown> | undefined;
  readonly log: string;
}

suite('Hostile streams', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  async function url(code: Readonly<Record<string, string>>, options: Partial<FunctionOptions> = {}): Promise<Url> {
    const { name } = await lambdad.function({ code, Timeout: 30, ...options });
    return { name, host: await urlOf(lambdad.lambda, name, 'NONE', { InvokeMode: 'RESPONSE_STREAM' }) };
  }

  const open = async (host: string, path = '/', agent?: Agent): Promise<IncomingMessage> => {
    const sent = get({ host: '127.0.0.1', port: lambdad.port, path, headers: { host }, ...(agent && { agent }) });
    return ((await once(sent, 'response')) as [IncomingMessage])[0];
  };

  async function invoke(name: string, payload: object = {}): Promise<Ended> {
    const { EventStream = [] } = await lambdad.lambda.send(
      new InvokeWithResponseStreamCommand({ FunctionName: name, Payload: JSON.stringify(payload), LogType: 'Tail' }),
    );
    let bytes = 0;
    for await (const { PayloadChunk, InvokeComplete } of EventStream) {
      bytes += PayloadChunk?.Payload?.length ?? 0;
      if (InvokeComplete === undefined) continue;
      const { ErrorDetails, LogResult = '' } = InvokeComplete;
      const error = ErrorDetails === undefined ? undefined : (JSON.parse(ErrorDetails) as Record<string, unknown>);
      return { bytes, error, log: Buffer.from(LogResult, 'base64').toString() };
    }
    throw new Error('the stream had no end');
  }

  test('a function that dies in the middle: its exit is the error, the next call works', async () => {
    const { name, host } = await url(
      streaming(`
        stream.write('some');
        if (asked === 'die') process.exit(3);
        stream.end();`),
    );
    const { bytes, error, log } = await invoke(name, { asked: 'die' });
    assert.equal(bytes, 4);
    assert.equal(error?.['errorType'], 'Runtime.ExitError');
    assert.match(String(error?.['errorMessage']), /Error: Runtime exited with error: exit status 3$/);
    assert.match(log, /Runtime exited with error: exit status 3\nRuntime\.ExitError\nEND [^]*Status: error/);
    await assert.rejects(text(await open(host, '/?die')), { code: 'ECONNRESET' });
    assert.equal(await text(await open(host)), 'some');
  });

  test('a time-out in the middle breaks the answer off, the next call works', async () => {
    const { name, host } = await url(
      streaming(`stream.write('some'); if (asked === 'wait') await new Promise(() => {}); stream.end();`),
      { Timeout: 1 },
    );
    await assert.rejects(text(await open(host, '/?wait')), { code: 'ECONNRESET' });
    const { error, log } = await invoke(name, { asked: 'wait' });
    assert.match(String(error?.['errorMessage']), /Task timed out after 1\.00 seconds$/);
    assert.match(log, /Status: timeout/);
    assert.equal(await text(await open(host)), 'some');
  });

  test('a stream that nobody ends runs into the time-out, as at AWS', async () => {
    const { name } = await url(streaming(`stream.write('some');`), { Timeout: 1 });
    const { bytes, error } = await invoke(name);
    assert.deepEqual([bytes, error?.['errorType']], [4, 'Sandbox.Timedout']);
  });

  test('of a stream over 200 MB come 200 MB, and then the error of AWS', async () => {
    const { name } = await url(many);
    // As bytes: the SDK takes long to read so many events.
    const path = `/2021-11-15/functions/${name}/response-streaming-invocations`;
    const answer = await lambdad.fetch(path, { method: 'POST', body: '{"asked":201}' });
    let came = 0;
    let last = Buffer.alloc(0);
    for await (const chunk of answer.body ?? []) {
      came += chunk.length;
      last = Buffer.concat([last, chunk]).subarray(-1000);
    }
    assert.ok(came > 200 * megabyte && came < 201 * megabyte, `${came} bytes`);
    const complete = last.toString('latin1');
    assert.match(complete, /"ErrorCode":"Unhandled"/);
    assert.match(complete, /Function\.ResponseSizeTooLarge/);
    assert.match(complete, /exceeded maximum allowed payload size \(209715200 bytes\)/);
  });

  test('a reader that reads nothing stops the function, and does not make the daemon grow', async () => {
    // What fits between the two is in buffers of the system; a function that ran ahead would write it all and end.
    const { host } = await url(many, { Timeout: 1 });
    const answer = await open(host, '/?190');
    answer.pause();
    const before = process.memoryUsage.rss();
    const broken = once(answer.socket, 'close');
    // The time-out of the function ends it: nothing else could, since nobody reads.
    answer.on('error', () => undefined);
    let came = 0;
    while (came === 0 || !answer.destroyed) {
      await new Promise((resolve) => setTimeout(resolve, 1000)); // a byte a second, as slow readers do
      came += (answer.read(1) as Buffer | null)?.length ?? 0;
      if (came >= 2) answer.resume();
    }
    await broken;
    assert.ok(process.memoryUsage.rss() - before < 80 * megabyte, 'the daemon, in this process, kept what nobody read');
    assert.equal(answer.complete, false);
  });

  test('readers that leave in the middle hold nobody up: the function goes on, the next call works', async () => {
    await using gate = await Gate.start();
    const { name, host } = await url(
      streaming(`
        const part = Buffer.alloc(64 * 1024);
        for (let n = 0; n < 64; n += 1) if (!stream.write(part)) await drained(stream);
        if (asked) await gate(asked);
        stream.end();`),
    );
    const leaving = await RawConnection.open(`127.0.0.1:${lambdad.port}`);
    await leaving.write(`GET /?${gate.url} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await leaving.until(/HTTP\/1\.1 200/);
    leaving[Symbol.dispose]();
    // That it comes here says that it wrote all, though nobody read it: AWS does not end it either.
    await gate.open();
    assert.equal((await invoke(name)).bytes, 64 * 64 * 1024);
  });

  test('a connection is used again after a stream, and fifty streams at once are each their own', async () => {
    const { host } = await url(streaming(`for (const part of [asked, ' ', asked]) stream.write(part); stream.end();`));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const first = await open(host, '/?a', agent);
      const { localPort } = first.socket;
      assert.equal(await text(first), 'a a');
      const again = await open(host, '/?b', agent);
      assert.equal(again.socket.localPort, localPort);
      assert.equal(await text(again), 'b b');
    } finally {
      agent.destroy();
    }
    const numbers = Array.from({ length: 50 }, (_, n) => String(n));
    const answers = await Promise.all(numbers.map(async (n) => text(await open(host, `/?${n}`))));
    assert.deepEqual(
      answers,
      numbers.map((n) => `${n} ${n}`),
    );
  });

  test('statuses without a body, and HEAD, have none, and the connection goes on', async () => {
    const { host } = await url(
      streaming(`
        const body = awslambda.HttpResponseStream.from(stream, { statusCode: Number(asked), headers: { 'x-own': 'yes' } });
        body.write('body'); body.end();`),
    );
    using connection = await RawConnection.open(`127.0.0.1:${lambdad.port}`);
    const ask = (method: string, status: number): Promise<boolean> =>
      connection.write(`${method} /?${status} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    for (const [method, status] of [
      ['GET', 204],
      ['GET', 304],
      ['HEAD', 200],
    ] as const) {
      await ask(method, status);
      await connection.until(new RegExp(`HTTP/1\\.1 ${status} [^]*x-own: yes[^]*\r\n\r\n$`));
    }
    await ask('GET', 203);
    const all = await connection.until(/\r\nbody\r\n0\r\n\r\n$/);
    assert.equal(all.match(/body/g)?.length, 1);
  });

  test('preludes that are none are a 502, each on its own', async () => {
    const { host } = await url(
      streaming(`
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream.write(Buffer.from(asked, 'hex')); stream.end();`),
    );
    const end = '\0'.repeat(8);
    for (const prelude of [
      `{"statusCode":200`,
      `{"statusCode":200}`,
      `not JSON${end}body`,
      `[]${end}body`,
      `"text"${end}`,
      `{"statusCode":99}${end}`,
      `{"statusCode":"x"}${end}`,
      `{"headers":{"bad name":"x"}}${end}`,
      `{"headers":{"x":"a\\r\\nb: c"}}${end}`,
      `{"headers":{"x":["a",{}]}}${end}`,
      `{"cookies":"a=1"}${end}`,
      end,
      '',
    ]) {
      const { status, text: body } = await urlRequest(lambdad.port, host, {
        path: `/?${Buffer.from(prelude).toString('hex')}`,
      });
      assert.deepEqual([status, body], [502, 'Internal Server Error'], prelude);
    }
    const good = Buffer.from(`{"headers":{"x-many":["a","b"],"x-number":3},"cookies":["c=1"]}${end}ok`).toString('hex');
    const { status, headers, text: body } = await urlRequest(lambdad.port, host, { path: `/?${good}` });
    assert.deepEqual([status, headers['x-many'], headers['x-number'], body], [200, 'a, b', '3', 'ok']);
    assert.deepEqual(headers['set-cookie'], ['c=1']);
  });

  test('a prelude that comes byte by byte', async () => {
    const { host } = await url(
      streaming(`
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        for (const byte of Buffer.concat([Buffer.from('{"statusCode":203}'), Buffer.alloc(8), Buffer.from('a\\0b')])) {
          stream.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
        stream.end();`),
    );
    const answer = await open(host);
    assert.deepEqual([answer.statusCode, await text(answer)], [203, 'a\0b']);
  });
});
