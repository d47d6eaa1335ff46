/** The embedded Kinesis and a peer, kinesis-local, which is a program of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventuallyAnswered } from '../../kit/eventually.ts';
import { kinesisClient } from '../../kit/kinesis-client.ts';
import { TestDaemon } from '../../kit/test-daemon.ts';
import { type KinesisFixture, kinesisConformance } from './kinesis-conformance.ts';

kinesisConformance('embedded', async (): Promise<KinesisFixture> => {
  const daemon = await TestDaemon.start();
  const client = kinesisClient(daemon.endpoint);
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
});

kinesisConformance('kinesis-local', async (): Promise<KinesisFixture> => {
  const port = await freePort();
  const peer = spawn(process.execPath, ['main.js'], {
    cwd: fileURLToPath(new URL('../../../node_modules/kinesis-local/', import.meta.url)),
    env: {
      KINESIS_MOCK_PLAIN_PORT: String(port),
      KINESIS_MOCK_TLS_PORT: String(await freePort()),
      AWS_ACCOUNT_ID: '000000000000',
      LOG_LEVEL: 'INFO',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(peer, 'exit');
  await new Promise<void>((resolve) => {
    // Read on afterwards: the program ends when nobody takes what it prints.
    peer.stdout.on('data', (line) => String(line).includes('Starting Kinesis Plain Mock') && resolve());
    peer.once('exit', () => resolve());
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
  await eventuallyAnswered(answers, 'kinesis-local answers');
  const client = kinesisClient(`http://127.0.0.1:${port}`);
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      peer.kill('SIGKILL');
      await exited;
    },
  };
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
