/** Connections that break the rules of HTTP, break off, or never come to an end. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { RawConnection } from '../kit/raw-connection.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

const invocations = '/2015-03-31/functions/canary/invocations';
const head = `POST ${invocations} HTTP/1.1\r\nHost: localhost\r\n`;

suite('hostile connections', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const broken: Readonly<Record<string, string | Buffer>> = {
    nothing: '',
    'the beginning of TLS': Buffer.from('16030100c8010000c40303', 'hex'),
    'what looks like TLS and is not': Buffer.concat([Buffer.of(0x16), Buffer.alloc(3000, 0x7f)]),
    'part of the beginning of HTTP/2': 'PRI * HT',
    'a line of SSH': 'SSH-2.0-OpenSSH_9.2\r\n',
    'bytes that mean nothing': Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 73) % 256)),
    'a method that does not exist': 'HACK / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'no host': 'GET / HTTP/1.1\r\n\r\n',
    'a NUL in the path': 'GET /2015-03-31/fun\0ctions HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'a NUL in a header': 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n',
    'a path of 100 kB': `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    'a header of 100 kB': `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    'thousands of headers': `GET / HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(5_000)}\r\n`,
    'two lengths': `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `,
    'a length and chunks': `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'a negative length': `${head}Content-Length: -1\r\n\r\n`,
    'a length that is no number': `${head}Content-Length: two\r\n\r\n{}`,
    'a chunk whose size is no number': `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    'an unknown transfer encoding': `${head}Transfer-Encoding: rot13\r\n\r\n{}`,
    'an expectation that cannot be met': `${head}Expect: miracles\r\nContent-Length: 2\r\n\r\n{}`,
    'a tunnel to elsewhere': 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
    'a body that is cut off': `${head}Content-Length: 1000\r\n\r\n{"a":`,
    'chunks that are cut off': `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a`,
    'a head that is cut off': 'POST /2015-03-31/functions HTTP/1.1\r\nHost: loc',
  };
  for (const [what, request] of Object.entries(broken)) {
    test(`${what} is refused or dropped`, async () => {
      const answer = await RawConnection.cutOff(attacked.daemon.port, request);
      // TLS has alerts of its own, which begin so.
      if (!answer.startsWith('\x15\x03')) assert.match(answer, /^$|^HTTP\/1\.1 4\d\d /);
      await attacked.stillServes();
    });
  }

  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  const brokenFrames: Readonly<Record<string, Buffer>> = {
    'nothing more': Buffer.alloc(0),
    'frames that mean nothing': Buffer.alloc(5000, 0xee),
    'a frame of 16 MB': Buffer.from('ffffff000000000001', 'hex'),
    'headers that cannot be unpacked': Buffer.from('000000040000000000000005010500000001ffffffffff', 'hex'),
  };
  for (const [what, frames] of Object.entries(brokenFrames)) {
    test(`HTTP/2 with ${what} is closed`, async () => {
      await RawConnection.cutOff(attacked.daemon.port, Buffer.concat([Buffer.from(preface), frames]));
      await attacked.stillServes();
    });
  }

  const unusual: Readonly<Record<string, readonly [request: string, status: number]>> = {
    'an absolute path': [
      `GET http://localhost/_localstack/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      404,
    ],
    'a question about everything': ['OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 404],
    'a wish for a web socket': [
      `${head}Upgrade: websocket\r\nConnection: Upgrade, close\r\nContent-Length: 2\r\n\r\n{}`,
      200,
    ],
    'HTTP/1.0 without a host': [`POST ${invocations} HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}`, 200],
    'a path of dots': ['GET /../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 404],
  };
  for (const [what, [request, status]] of Object.entries(unusual)) {
    test(`${what} gets an ordinary answer`, async () => {
      assert.match(await RawConnection.exchange(attacked.daemon.port, request), new RegExp(`^HTTP/1\\.1 ${status} `));
    });
  }

  test('a hundred requests in one go are answered, each with its own payload and in order', async () => {
    const requests = Array.from({ length: 100 }, (_, i) => {
      const close = i === 99 ? 'Connection: close\r\n' : '';
      return `${head}${close}Content-Length: ${String(i).length}\r\n\r\n${i}`;
    });
    const answers = await RawConnection.exchange(attacked.daemon.port, requests.join(''));
    const bodies = [...answers.matchAll(/\r\n\r\n(\d+)/g)].map(([, body]) => Number(body));
    assert.deepEqual(
      bodies,
      Array.from({ length: 100 }, (_, i) => i),
    );
  });

  test('clients that hang up while their function runs are forgotten', async () => {
    const fn = await attacked.daemon.function({
      Timeout: 5,
      code: { 'index.js': 'exports.handler = () => new Promise((done) => setTimeout(done, 300));' },
    });
    for (let i = 0; i < 5; i += 1) {
      using connection = await RawConnection.open(`127.0.0.1:${attacked.daemon.port}`);
      void connection.write(`POST /2015-03-31/functions/${fn.name}/invocations HTTP/1.1\r\nHost: localhost\r\n`);
      void connection.write('Content-Length: 2\r\n\r\n{}');
    }
    assert.equal((await fn.invoke()).functionError, undefined);
    await attacked.stillServes();
  });

  test('requests that never end do not keep others waiting, nor the daemon from stopping', async () => {
    await using other = await AttackedDaemon.start();
    const { port } = other.daemon;
    const starts = [
      '',
      'POST ',
      head,
      `${head}Content-Length: 100\r\n\r\n{`,
      `${head}Transfer-Encoding: chunked\r\n\r\n`,
      Buffer.from('16030100c8', 'hex'),
      'PRI * HTTP',
    ];
    const connections = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(`127.0.0.1:${port}`)));
    for (const [i, connection] of connections.entries()) void connection.write(starts[i % starts.length] ?? '');
    for (let round = 0; round < 3; round += 1) {
      for (const [i, connection] of connections.entries())
        if (i % starts.length === 4) void connection.write('1\r\n \r\n');
      await other.stillServes();
    }
    // Disposal closes them, and finds no socket left.
    await other[Symbol.asyncDispose]();
    const ends = await Promise.all(connections.map((connection) => connection.whole()));
    assert.deepEqual(new Set(ends), new Set(['']));
  });
});
