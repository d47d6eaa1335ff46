/** Names in containers: the DNS server of the daemon, and what its settings change. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Logger } from '../../src/kernel/logger.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { answerWith, parseQuery } from '../../src/name-server/dns-message.ts';
import { NameServer } from '../../src/name-server/name-server.ts';
import { runProgram } from '../kit/run-program.ts';
import { containerOf, startDockerDaemon, testImage } from './docker-daemon.ts';

// A network of this file's own, so that nobody else takes port 53 of its bridge.
const network = 'lambdad-test-names';
const LAMBDA_DOCKER_NETWORK = network;
const docker = (...args: string[]) => runProgram(['docker', '--host', testImage.host, ...args]);
before(() => docker('network', 'create', network));
after(() => docker('network', 'rm', network));

const node = { Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20 } as const;
const code = {
  'index.js': `
    const { lookup } = require('node:dns/promises');
    const { port, hostname } = new URL(process.env.AWS_ENDPOINT_URL);
    exports.handler = async ({ names = [], reached = [] }) => ({
      daemon: hostname,
      addresses: await Promise.all(names.map(async (name) => {
        const found = await lookup(name, { all: true }).catch(({ code }) => [{ address: code }]);
        return found.map(({ address }) => address).join();
      })),
      statuses: await Promise.all(reached.map(async (name) =>
        (await fetch('http://' + name + ':' + port + '/_localstack/health')).status)),
    });`,
};
interface Seen {
  readonly daemon: string;
  readonly addresses: readonly string[];
  readonly statuses: readonly number[];
}

const ours = ['localhost.localstack.cloud', 'a.b.localhost.localstack.cloud', 'lambda.us-east-1.amazonaws.com'];

/** A resolver that knows every name under `192.0.2.7`. */
const realResolver = () =>
  NameServer.open({
    listen: { host: '127.0.0.1', port: 0 },
    resolution: {
      answer: async (packet) => {
        const query = parseQuery(packet);
        return query?.kind === 'query' ? answerWith(query, query.question.type === 1 ? ['192.0.2.7'] : []) : undefined;
      },
    },
    serves: () => true,
    clock: systemClock,
  });

test('names of the daemon and of AWS services lead to the daemon, others to the real resolvers', async () => {
  await using upstream = await realResolver();
  const settings = {
    LAMBDA_DOCKER_NETWORK,
    DNS_SERVER: `127.0.0.1:${upstream.address.port}`,
    DNS_NAME_PATTERNS_TO_RESOLVE_UPSTREAM: String.raw`.*\.s3\.amazonaws\.com`,
  };
  await using daemon = await startDockerDaemon({ settings });
  const fn = await daemon.function({ ...node, code });
  const names = [...ours, 'sample.example.com', 'bucket.s3.amazonaws.com'];
  const seen = (await fn.invoke({ names, reached: ours })).payload as Seen;
  assert.deepEqual(seen.addresses, [...ours.map(() => seen.daemon), '192.0.2.7', '192.0.2.7']);
  assert.deepEqual(
    seen.statuses,
    ours.map(() => 200),
  );
});

test('DNS_RESOLVE_IP is what the names resolve to', async () => {
  await using daemon = await startDockerDaemon({ settings: { LAMBDA_DOCKER_NETWORK, DNS_RESOLVE_IP: '198.51.100.9' } });
  const fn = await daemon.function({ ...node, code });
  const { addresses } = (await fn.invoke({ names: ours })).payload as Seen;
  assert.deepEqual(
    addresses,
    ours.map(() => '198.51.100.9'),
  );
});

test('DNS_ADDRESS=0 leaves containers to the DNS of the engine, LAMBDA_DOCKER_DNS names another', async () => {
  for (const [settings, dns] of [
    [{ DNS_ADDRESS: '0' }, []],
    [{ LAMBDA_DOCKER_DNS: '198.51.100.53' }, ['198.51.100.53']],
  ] as const) {
    await using daemon = await startDockerDaemon({ settings: { LAMBDA_DOCKER_NETWORK, ...settings } });
    const fn = await daemon.function({ ...node, code });
    await fn.invoke({});
    const inspected = await docker('inspect', '--format', '{{json .HostConfig.Dns}}', await containerOf(fn.name));
    assert.deepEqual(JSON.parse(inspected.stdout) ?? [], dns);
  }
});

test('a port 53 that is taken gives one warning, and functions run without', async () => {
  const gateway = (await docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', network))
    .stdout;
  const other = createSocket('udp4');
  other.bind(53, gateway.trim());
  await once(other, 'listening');
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
  try {
    await using daemon = await startDockerDaemon({ settings: { LAMBDA_DOCKER_NETWORK }, logger });
    const fn = await daemon.function({ ...node, code });
    const { daemon: address, statuses } = (await fn.invoke({ reached: [gateway.trim()] })).payload as Seen;
    assert.deepEqual([address, statuses], [gateway.trim(), [200]]);
  } finally {
    other.close();
  }
  assert.equal(warnings.length, 1);
  assert.match(
    warnings.join(),
    /^Functions in containers use the engine's DNS: port 53 of [\d.]+ cannot be listened on/,
  );
});
