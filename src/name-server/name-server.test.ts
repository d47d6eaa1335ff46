import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { answerWith, failureOf, parseQuery } from './dns-message.ts';
import { addressOfAnswer, codeOfAnswer, queryFor } from './dns-query.fixture.ts';
import { LocalNames } from './local-names.ts';
import { withLength } from './message-stream.ts';
import { NameResolution } from './name-resolution.ts';
import { NameServer } from './name-server.ts';
import type { ResolverAddress } from './resolv-conf.ts';
import { UpstreamResolvers } from './upstream-resolvers.ts';

const loopback = '127.0.0.1';

interface Started {
  readonly upstream?: readonly ResolverAddress[];
  readonly clock?: Clock;
  readonly address?: string;
  readonly serves?: (address: string) => boolean;
}

function serve({ upstream = [], clock = systemClock, address = '172.17.0.1', serves = () => true }: Started = {}) {
  const resolution = new NameResolution({
    names: new LocalNames({ publicHost: 'localhost.localstack.cloud', upstream: [] }),
    address,
    upstream: new UpstreamResolvers(upstream, clock),
  });
  return NameServer.open({ listen: { host: loopback, port: 0 }, resolution, serves, clock });
}

/** A resolver that knows every name as 192.0.2.7 but for `refused.test`. */
async function realResolver() {
  const resolution = {
    answer: async (packet: Buffer) => {
      const query = parseQuery(packet);
      if (query?.kind !== 'query') return undefined;
      asked.push(query.question.name);
      return query.question.name === 'refused.test' ? failureOf(query, 'refused') : answerWith(query, ['192.0.2.7']);
    },
  };
  const asked: string[] = [];
  const server = await NameServer.open({
    listen: { host: loopback, port: 0 },
    resolution,
    serves: () => true,
    clock: systemClock,
  });
  return { asked, address: server.address, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function clientOf({ address: { host, port } }: NameServer): Resolver {
  const resolver = new Resolver({ timeout: 5000, tries: 1 });
  resolver.setServers([`${host}:${port}`]);
  return resolver;
}

async function askByUdp({ address }: NameServer, packet: Buffer): Promise<Buffer> {
  const socket = createSocket('udp4');
  try {
    const answered = once(socket, 'message');
    socket.send(packet, address.port, address.host);
    const [answer] = (await answered) as [Buffer];
    return answer;
  } finally {
    socket.close();
  }
}

test("a resolver finds the daemon under its own names and under those of AWS's services", async () => {
  await using server = await serve();
  const client = clientOf(server);
  for (const name of ['localhost.localstack.cloud', 'x.localhost.localstack.cloud', 'LAMBDA.us-east-1.amazonaws.com']) {
    assert.deepEqual(await client.resolve4(name), ['172.17.0.1']);
    await assert.rejects(client.resolve6(name), { code: 'ENODATA' });
    await assert.rejects(client.resolveMx(name), { code: 'ENODATA' });
  }
});

test('an address of IPv6 is given to those who ask for one', async () => {
  await using server = await serve({ address: 'fd00::1' });
  assert.deepEqual(await clientOf(server).resolve6('localhost.localstack.cloud'), ['fd00::1']);
  await assert.rejects(clientOf(server).resolve4('localhost.localstack.cloud'), { code: 'ENODATA' });
});

test('all other names are asked of the real resolvers, over the transport of the asker', async () => {
  await using upstream = await realResolver();
  await using server = await serve({ upstream: [upstream.address] });
  assert.deepEqual(await clientOf(server).resolve4('example.com'), ['192.0.2.7']);
  const connection = connect(server.address.port, loopback);
  connection.write(
    Buffer.concat([withLength(queryFor('over.tcp', 1)), withLength(queryFor('localhost.localstack.cloud', 1))]),
  );
  const answers: Buffer[] = [];
  for await (const chunk of connection) {
    answers.push(chunk);
    if (Buffer.concat(answers).length >= 2 + 12 + 14 + 16 + 2 + 12 + 32 + 16) break;
  }
  const text = Buffer.concat(answers).toString('latin1');
  assert.ok(text.includes(String.fromCharCode(192, 0, 2, 7)) && text.includes(String.fromCharCode(172, 17, 0, 1)));
  assert.deepEqual(upstream.asked, ['example.com', 'over.tcp']);
});

test('a resolver that nobody is behind, or that refuses, makes room for the next', async () => {
  const gone = await realResolver();
  await gone[Symbol.asyncDispose]();
  await using upstream = await realResolver();
  await using server = await serve({ upstream: [gone.address, upstream.address] });
  assert.deepEqual(await clientOf(server).resolve4('example.com'), ['192.0.2.7']);
  assert.equal(codeOfAnswer(await askByUdp(server, queryFor('refused.test', 1))), 5);
});

test('when no resolver answers in time, the failure says so', async () => {
  const clock = new VirtualClock();
  const silent = createSocket('udp4');
  silent.bind(0, loopback);
  await once(silent, 'listening');
  try {
    await using server = await serve({ upstream: [{ host: loopback, port: silent.address().port }], clock });
    const asked = once(silent, 'message');
    const answer = askByUdp(server, queryFor('example.com', 1));
    await asked;
    clock.advance(milliseconds(2000));
    assert.equal(codeOfAnswer(await answer), 2);
    assert.equal(codeOfAnswer(await askByUdp(server, queryFor('localhost.localstack.cloud', 1))), 0);
  } finally {
    silent.close();
  }
});

test('without resolvers other names fail at once', async () => {
  await using server = await serve();
  assert.equal(codeOfAnswer(await askByUdp(server, queryFor('example.com', 1, { extended: true }))), 2);
});

test('two servers that ask each other come to an end', async () => {
  const clock = new VirtualClock();
  const others: ResolverAddress[] = [];
  await using first = await serve({ upstream: others, clock });
  await using second = await serve({ upstream: [first.address], clock });
  others.push(second.address);
  const client = createSocket('udp4');
  let answered = false;
  client.on('message', () => {
    answered = true;
  });
  client.send(queryFor('example.com', 1), first.address.port, loopback);
  try {
    // The clock stands still while datagrams travel: it is moved until the answer has come.
    while (!answered) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(milliseconds(100));
    }
  } finally {
    client.close();
  }
});

test('what is no query is ignored, and the next query is answered', async () => {
  await using server = await serve();
  const socket = createSocket('udp4');
  for (const packet of ['', 'x', 'not a query at all', '\xff'.repeat(600)]) {
    socket.send(Buffer.from(packet, 'latin1'), server.address.port, loopback);
  }
  const answer = await askByUdp(server, queryFor('localhost.localstack.cloud', 1));
  assert.equal(addressOfAnswer(answer), '172.17.0.1');
  socket.close();
});

test('a connection with nonsense on it, or from a stranger, is closed', async () => {
  await using server = await serve();
  const connection = connect(server.address.port, loopback);
  connection.write(withLength(Buffer.from('nonsense')));
  await once(connection.resume(), 'close');
  await using closed = await serve({ serves: () => false });
  const stranger = connect(closed.address.port, loopback);
  stranger.on('error', () => undefined);
  await once(stranger.resume(), 'close');
});

test('a connection on which nothing comes is closed', async () => {
  const clock = new VirtualClock();
  await using server = await serve({ clock });
  const connection = connect(server.address.port, loopback);
  connection.write(withLength(queryFor('localhost.localstack.cloud', 1)));
  await once(connection, 'data');
  clock.advance(milliseconds(10_000));
  await once(connection.resume(), 'close');
});

test('a port that is taken is refused, with nothing left open', async () => {
  await using server = await serve();
  const resolution = { answer: async () => undefined };
  await assert.rejects(
    NameServer.open({ listen: server.address, resolution, serves: () => true, clock: systemClock }),
    { code: 'EADDRINUSE' },
  );
});
