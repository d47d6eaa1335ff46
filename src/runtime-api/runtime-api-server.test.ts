import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { RawConnection } from '../../test/kit/raw-connection.ts';
import { RuntimeClient } from '../../test/kit/runtime-client.ts';
import { sampleEvent } from '../../test/kit/sample-event.ts';
import { bytes } from '../kernel/quantity.ts';
import { RuntimeApiServer } from './runtime-api-server.ts';
import type { InitAnswer, RuntimeAnswer, RuntimeEvent } from './runtime-event.ts';
import { RuntimeSession } from './runtime-session.ts';

const limit = 6_291_556;
/** A listener with a session, and the answers that the session took. */
async function open(maxPayload = limit) {
  const server = new RuntimeApiServer({ maxPayload: bytes(maxPayload) });
  const listener = server.listen({ listen: '127.0.0.1', advertise: '127.0.0.1' });
  const address = await listener.address;
  const initialised: InitAnswer[] = [];
  const answers: RuntimeAnswer[] = [];
  const newSession = () =>
    new RuntimeSession(
      (answer) => initialised.push(answer),
      () => {},
    );
  const session = newSession();
  listener.attach(session, () => true);
  const client = new RuntimeClient(address);
  return {
    server,
    listener,
    session,
    newSession,
    initialised,
    answers,
    client,
    address,
    invoke: (id: string, more?: Partial<RuntimeEvent>) =>
      session.invoke(sampleEvent(id, more), (answer) => answers.push(answer)),
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await listener[Symbol.asyncDispose]();
    },
  };
}

const refusedConnection = (address: string): Promise<boolean> => {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
};

test('an event goes out with the headers of the Runtime API, and the answer comes back byte for byte', async () => {
  await using api = await open();
  const asked = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  assert.deepEqual(api.initialised, [{ kind: 'ready' }]);
  api.invoke('a', { clientContext: '{"custom":{}}' });
  const { requestId, headers, payload } = await asked;
  assert.equal(requestId, 'a');
  assert.equal(headers['lambda-runtime-deadline-ms'], '1767225600000');
  assert.equal(
    headers['lambda-runtime-invoked-function-arn'],
    'arn:aws:lambda:eu-west-1:123456789012:function:greeter',
  );
  assert.equal(headers['lambda-runtime-trace-id'], 'Root=1-0-0;Sampled=0');
  assert.equal(headers['lambda-runtime-client-context'], '{"custom":{}}');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(payload.toString(), '{"id":"a"}');
  const reply = await api.client.respond('a', Buffer.from([0, 255, 10]), 'application/octet-stream');
  assert.equal(reply.status, 202);
  assert.equal(reply.body.toString(), '{"status":"OK"}\n');
  const expected = { kind: 'response', payload: Buffer.from([0, 255, 10]), contentType: 'application/octet-stream' };
  assert.deepEqual(api.answers, [expected]);
});

test('many invocations travel over one connection', async () => {
  await using api = await open();
  using connection = await RawConnection.open(api.address);
  for (let turn = 1; turn <= 5; turn += 1) {
    await connection.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually(() => api.session.state === 'idle', 'the runtime asks');
    api.invoke(`id-${turn}`);
    await connection.until(new RegExp(`"id":"id-${turn}"`));
    await connection.write(
      `POST /2018-06-01/runtime/invocation/id-${turn}/response HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nnull`,
    );
    await eventually(() => api.answers.length === turn, 'the answer is read');
  }
});

test('an answer that arrives byte by byte, or in chunks, is the same answer', async () => {
  await using api = await open();
  using connection = await RawConnection.open(api.address);
  const forms = [
    'Content-Length: 14\r\n\r\n{"bytes":true}',
    'Transfer-Encoding: chunked\r\n\r\n3\r\n{"b\r\n1\r\ny\r\na\r\ntes":true}\r\n0\r\n\r\n',
  ];
  for (const [index, form] of forms.entries()) {
    await connection.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually(() => api.session.state === 'idle', 'the runtime asks');
    api.invoke(`id-${index}`);
    const head = `POST /2018-06-01/runtime/invocation/id-${index}/response HTTP/1.1\r\nHost: x\r\n`;
    await connection.writeByteByByte(head + form);
    await eventually(() => api.answers.length === index + 1, 'the answer is read');
    const answer = api.answers[index];
    assert.equal(answer?.kind === 'response' ? answer.payload.toString() : answer?.kind, '{"bytes":true}');
  }
});

test('an answer of exactly the limit passes, one byte more is too large: 413 to the runtime, an outcome to the caller', async () => {
  await using api = await open();
  for (const [id, size] of [
    ['fits', limit],
    ['too-much', limit + 1],
  ] as const) {
    const asked = api.client.next();
    await eventually(() => api.session.state === 'idle', 'the runtime asks');
    api.invoke(id);
    await asked;
    const { status, body } = await api.client.respond(id, Buffer.alloc(size, 'x'));
    assert.equal(status, id === 'fits' ? 202 : 413);
    if (id === 'fits') continue;
    assert.deepEqual(JSON.parse(body.toString()), {
      errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
      errorType: 'RequestEntityTooLarge',
    });
  }
  const [fits, tooMuch] = api.answers;
  assert.equal(fits?.kind === 'response' && fits.payload.length, limit);
  assert.deepEqual(tooMuch, { kind: 'too-large', size: limit + 1, limit });
});

test('an error of the handler and an error of the init phase carry their type, Unhandled when none is given', async () => {
  await using api = await open();
  const asked = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  api.invoke('a');
  await asked;
  await api.client.send('POST', 'invocation/a/error', '{"errorMessage":"no"}');
  assert.deepEqual(api.answers, [
    { kind: 'error', payload: Buffer.from('{"errorMessage":"no"}'), errorType: 'Unhandled' },
  ]);
  const session = api.newSession();
  api.listener.detach();
  api.listener.attach(session, () => true);
  using restarted = new RuntimeClient(api.address);
  const { status } = await restarted.failInit('{"errorMessage":"cannot"}', 'Runtime.ImportModuleError');
  assert.equal(status, 202);
  assert.deepEqual(api.initialised.at(-1), {
    kind: 'init-error',
    payload: Buffer.from('{"errorMessage":"cannot"}'),
    errorType: 'Runtime.ImportModuleError',
  });
});

test("a stranger's request id, a second answer and an unknown path are refused, and the runtime goes on", async () => {
  await using api = await open();
  const asked = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  api.invoke('a');
  await asked;
  const stranger = await api.client.respond('b', '"wrong"');
  assert.equal(stranger.status, 400);
  assert.deepEqual(JSON.parse(stranger.body.toString()), {
    errorMessage: 'Invalid request ID',
    errorType: 'InvalidRequestID',
  });
  const early = await api.client.send('GET', 'invocation/next');
  assert.equal(early.status, 403);
  assert.match(early.body.toString(), /InvalidStateTransition/);
  assert.equal((await api.client.send('GET', 'nowhere')).status, 404);
  assert.equal((await api.client.respond('a', '1')).status, 202);
  assert.equal((await api.client.respond('a', '2')).status, 400);
  assert.equal((await api.client.failInit('{}')).status, 403);
  assert.deepEqual(api.answers.length, 1);
});

test('of two answers that are under way at once the first to be complete counts', async () => {
  await using api = await open();
  const asked = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  api.invoke('a');
  await asked;
  using slow = await RawConnection.open(api.address);
  const head = 'POST /2018-06-01/runtime/invocation/a/response HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n';
  await slow.write(`${head}"sl`);
  assert.equal((await api.client.respond('a', '"fast"')).status, 202);
  await slow.write('ow"');
  await slow.until(/HTTP\/1.1 400 /);
  assert.equal(api.answers.length, 1);
});

test('an answer that breaks off is none, and the server lives on', async () => {
  await using api = await open();
  const asked = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  api.invoke('a');
  await asked;
  const broken = await RawConnection.open(api.address);
  await broken.write(
    'POST /2018-06-01/runtime/invocation/a/response HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"half',
  );
  broken[Symbol.dispose]();
  using garbage = await RawConnection.open(api.address);
  await garbage.write('this is not HTTP\r\n\r\n');
  await garbage.closed;
  assert.deepEqual(api.answers, []);
  assert.equal((await api.client.respond('a', '"whole"')).status, 202);
});

test('a request for the next event whose connection dies leaves the event for the one that comes after', async () => {
  await using api = await open();
  const dying = await RawConnection.open(api.address);
  await dying.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  dying[Symbol.dispose]();
  const late = await RawConnection.open(api.address);
  using _late = late;
  await late.write('GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
  await late.until(/ 404 /); // by now the end of the other connection has been seen too
  api.invoke('a');
  await late.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
  await late.until(/"id":"a"/);
});

test('detaching cuts the connections; what connects afterwards is served once a session is there', async () => {
  await using api = await open();
  const cut = api.client.next();
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  api.listener.detach();
  await assert.rejects(cut);
  using silent = await RawConnection.open(api.address);
  using early = await RawConnection.open(api.address);
  await early.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
  const session = api.newSession();
  api.listener.attach(session, () => true);
  await eventually(() => session.state === 'idle', 'the new runtime asks');
  session.invoke(sampleEvent('b'), () => {});
  await early.until(/"id":"b"/);
  await silent.write('GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
  await silent.until(/ 404 /);
  assert.equal(api.session.current, undefined);
});

test('a process that connects and dies before a session is there is not taken for the next one', async () => {
  await using api = await open();
  api.listener.detach();
  const ghost = await RawConnection.open(api.address);
  await ghost.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
  ghost[Symbol.dispose]();
  using alive = await RawConnection.open(api.address);
  await alive.write('GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const session = api.newSession();
  api.listener.attach(session, () => true);
  await alive.until(/ 404 /);
  assert.equal(session.state, 'booting');
});

test("one environment's listener never serves another's session", async () => {
  await using api = await open();
  const other = api.server.listen({ listen: '127.0.0.1', advertise: '127.0.0.1' });
  await using _other = other;
  const otherSession = api.newSession();
  other.attach(otherSession, () => true);
  const otherAddress = await other.address;
  assert.notEqual(otherAddress, api.address);
  using otherClient = new RuntimeClient(otherAddress);
  const asked = [api.client.next(), otherClient.next()];
  await eventually(() => api.session.state === 'idle' && otherSession.state === 'idle', 'both ask');
  api.invoke('mine');
  otherSession.invoke(sampleEvent('theirs'), () => {});
  assert.deepEqual(
    (await Promise.all(asked)).map(({ requestId }) => requestId),
    ['mine', 'theirs'],
  );
  assert.equal((await otherClient.respond('mine', '1')).status, 400);
  assert.equal((await api.client.respond('mine', '1')).status, 202);
});

test('a listener that is disposed while it is being opened leaves no port behind', async () => {
  const listener = new RuntimeApiServer({ maxPayload: bytes(limit) }).listen({
    listen: '127.0.0.1',
    advertise: '127.0.0.1',
  });
  await listener[Symbol.asyncDispose]();
  assert.equal(await refusedConnection(await listener.address), true);
});

test('disposal cuts every connection, frees the port and may be repeated', async () => {
  const api = await open();
  const cut = assert.rejects(api.client.next());
  using waiting = await RawConnection.open(api.address);
  await eventually(() => api.session.state === 'idle', 'the runtime asks');
  await Promise.all([api[Symbol.asyncDispose](), api[Symbol.asyncDispose]()]);
  await cut;
  await waiting.closed;
  assert.equal(await refusedConnection(api.address), true);
});
