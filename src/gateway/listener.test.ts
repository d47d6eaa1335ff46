import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { exchange } from '../../test/kit/http-exchange.ts';
import { RawConnection } from '../../test/kit/raw-connection.ts';
import { withoutTls } from '../../test/kit/without-tls.ts';
import { ServerCertificates } from '../certificates/server-certificates.ts';
import { systemClock } from '../kernel/clock.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { CannotListen, listen } from './listener.ts';

const local = { host: '127.0.0.1', port: 0 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lambdad-listener-'));
  after(() => rmSync(path, { recursive: true }));
  return path;
}

test('every address answers, with the port that was chosen', async () => {
  await using listener = await listen([local, local], (_request, response) => response.end('hi'), withoutTls);
  assert.equal(new Set(listener.addresses.map(({ port }) => port)).size, 2);
  for (const { host, port } of listener.addresses) assert.equal((await exchange(`${host}:${port}`)).body, 'hi');
});

test('a port that is taken is said so, and the other addresses are given back', async () => {
  await using taken = await listen([local], (_request, response) => response.end(), withoutTls);
  const [address = local] = taken.addresses;
  const free = await listen([local], () => {}, withoutTls);
  const [released = local] = free.addresses;
  await free[Symbol.asyncDispose]();
  await assert.rejects(
    listen([released, address], () => {}, withoutTls),
    (error) => error instanceof CannotListen && error.code === 'EADDRINUSE' && error.address === address,
  );
  await using again = await listen([released], () => {}, withoutTls);
  assert.deepEqual(again.addresses, [released]);
});

test('after closing what is open goes on; disposal cuts it, and may be repeated', async () => {
  let answer: (() => void) | undefined;
  const listener = await listen(
    [local],
    (_request, response) => {
      answer = () => response.end('late');
    },
    withoutTls,
  );
  const [{ port } = local] = listener.addresses;
  using open = await RawConnection.open(`127.0.0.1:${port}`);
  using stuck = await RawConnection.open(`127.0.0.1:${port}`);
  await open.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  while (answer === undefined) await new Promise((resolve) => setImmediate(resolve));
  listener.close();
  await assert.rejects(RawConnection.open(`127.0.0.1:${port}`));
  answer();
  await open.until(/late/);
  await stuck.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await listener[Symbol.asyncDispose]();
  await listener[Symbol.asyncDispose]();
  await stuck.closed;
});

test('a client that sends nothing, half a greeting or half a handshake is not waited for', async () => {
  const certificates = new ServerCertificates({ dataDirectory: folder(), clock: systemClock, random: systemRandom });
  const options = { certificates, logger: silentLogger, patience: 30 };
  await using listener = await listen([local], (_request, response) => response.end('hi'), options);
  const [{ port } = local] = listener.addresses;
  for (const start of ['', 'P', 'PRI * HTTP/2', Buffer.from('16030100c8010000c40303', 'hex')]) {
    using connection = await RawConnection.open(`127.0.0.1:${port}`);
    await connection.write(start);
    assert.equal(await connection.whole(), '');
  }
  assert.equal((await exchange(`127.0.0.1:${port}`)).body, 'hi');
});

test('what begins like HTTP/2 and is not, and what comes byte by byte, is HTTP/1.1 like any other', async () => {
  await using listener = await listen([local], (request, response) => response.end(request.method), withoutTls);
  const [{ port } = local] = listener.addresses;
  for (const method of ['POST', 'PROPFIND', 'GET']) {
    using connection = await RawConnection.open(`127.0.0.1:${port}`);
    await connection.writeByteByByte(`${method} / HTTP/1.1\r\nHost: x\r\n\r\n`);
    await connection.until(new RegExp(`${method}$`));
  }
});

test('a handshake without a certificate to show is refused, and the next client is served', async () => {
  const logged: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => void logged.push(message) };
  await using listener = await listen([local], (_request, response) => response.end('hi'), { ...withoutTls, logger });
  const [{ port } = local] = listener.addresses;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    assert.equal(await RawConnection.exchange(port, Buffer.from('16030100c8010000c40303', 'hex')), '');
  }
  assert.deepEqual(logged, ['A connection could not be served.', 'A connection could not be served.']);
  assert.equal((await exchange(`127.0.0.1:${port}`)).body, 'hi');
});

test('disposal cuts connections of every protocol', async () => {
  const certificates = new ServerCertificates({ dataDirectory: folder(), clock: systemClock, random: systemRandom });
  const listener = await listen([local], () => {}, { certificates, logger: silentLogger });
  const [{ port } = local] = listener.addresses;
  const secure = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(secure, 'secureConnect');
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  await once(session, 'remoteSettings');
  const ended = [once(secure, 'close'), once(session, 'close')];
  await listener[Symbol.asyncDispose]();
  await Promise.all(ended);
});
