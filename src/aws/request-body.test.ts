import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnsweringServer } from '../../test/kit/answering-server.ts';
import { eventually } from '../../test/kit/eventually.ts';
import { exchange } from '../../test/kit/http-exchange.ts';
import { RawConnection } from '../../test/kit/raw-connection.ts';
import { discardBody } from '../gateway/discard-body.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { BodyIncomplete, BodyTooLarge, readBody } from './request-body.ts';

async function start(limit: number) {
  const clock = new VirtualClock();
  const errors: unknown[] = [];
  const server = await AnsweringServer.start((request, response) => {
    readBody(request, limit).then(
      (body) => response.end(body),
      (error: unknown) => {
        errors.push(error);
        discardBody(request, clock);
        response.writeHead(413, { 'Content-Length': 2 }).end('no');
      },
    );
  });
  return {
    clock,
    errors,
    address: server.address,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('a body is read whole, whether it has a length, comes in chunks, or is none', async () => {
  await using server = await start(1000);
  const body = 'x'.repeat(1000);
  assert.equal((await exchange(server.address, { method: 'POST', body })).body, body);
  assert.equal((await exchange(server.address)).body, '');
  using raw = await RawConnection.open(server.address);
  await raw.writeByteByByte(
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
  );
  await raw.until(/\r\n\r\nabc$|\r\n3\r\nabc/);
});

test('a client that sends all of a refused body before it reads gets the answer, and may go on', async () => {
  await using server = await start(10);
  using raw = await RawConnection.open(server.address);
  const size = 5_000_000;
  await raw.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
  assert.equal(await raw.write(Buffer.alloc(size)), true);
  await raw.until(/ 413 .*no$/s);
  await raw.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok');
  await raw.until(/ 200 .*ok$/s);
  assert.equal(server.clock.waiting, 0);
  assert.ok(server.errors[0] instanceof BodyTooLarge);
  assert.equal(server.errors[0].limit, 10);
});

test('a body without end is refused at the limit, and its connection cut when patience is over', async () => {
  await using server = await start(10);
  using raw = await RawConnection.open(server.address);
  await raw.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (let sent = 0; sent < 20; sent += 1) await raw.write('5\r\nabcde\r\n');
  await raw.until(/ 413 /);
  assert.equal(server.clock.waiting, 1);
  server.clock.advance(milliseconds(2000));
  await raw.closed;
  assert.equal((await exchange(server.address)).status, 200);
});

test('a body that breaks off is incomplete, and leaves no timer', async () => {
  await using server = await start(10);
  for (const end of ['cut', 'half-closed']) {
    const raw = await RawConnection.open(server.address);
    await raw.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf');
    const before = server.errors.length;
    if (end === 'cut') raw[Symbol.dispose]();
    else raw.endWriting();
    await eventually(() => server.errors.length > before, 'the end is seen');
    assert.ok(server.errors.at(-1) instanceof BodyIncomplete);
    await raw.closed;
  }
  assert.equal(server.clock.waiting, 0);
});
