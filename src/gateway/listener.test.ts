import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchange } from '../../test/kit/http-exchange.ts';
import { RawConnection } from '../../test/kit/raw-connection.ts';
import { withoutTls } from '../../test/kit/without-tls.ts';
import { CannotListen, listen } from './listener.ts';

const local = { host: '127.0.0.1', port: 0 };

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
