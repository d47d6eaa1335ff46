import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { ServiceClients } from '../../aws/clients/service-clients.ts';
import { AccessKeys } from '../../aws/sigv4/access-keys.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { openSqs } from './open-sqs.ts';
import { scope } from './queue/queue.fixture.ts';

function open() {
  const clock = new VirtualClock();
  const clients = new ServiceClients(() => ({ kind: 'embedded', open: async () => service }));
  const service = openSqs(
    {
      clock,
      random: systemRandom,
      logger: silentLogger,
      clients,
      accessKeys: new AccessKeys(new Map()),
      functions: { deliver: async () => ({ kind: 'accepted' }), exists: () => true },
      publicOrigin: () => 'http://public:4566',
      folder: '/nowhere',
    },
    { queueUrlForm: 'dynamic', purgeRest: 0, nameRest: 0 },
  );
  return { clock, clients, service };
}

test('a client in this process waits for a message, and stops when it is told to', async () => {
  const { clock, clients, service } = open();
  const client = await clients.sqs(scope);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'here' }));
  assert.equal(QueueUrl, 'http://public:4566/000000000000/here');
  const wait = { QueueUrl, WaitTimeSeconds: 20 };
  const received = client.send(new ReceiveMessageCommand(wait));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  assert.equal((await received).Messages?.[0]?.Body, 'a');
  const leaving = new AbortController();
  const left = client.send(new ReceiveMessageCommand(wait), { abortSignal: leaving.signal });
  leaving.abort();
  await left.catch(() => undefined);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b' }));
  assert.equal((await client.send(new ReceiveMessageCommand(wait))).Messages?.[0]?.Body, 'b');
  clients[Symbol.dispose]();
  await service[Symbol.asyncDispose]();
  assert.equal(clock.waiting, 0);
});
