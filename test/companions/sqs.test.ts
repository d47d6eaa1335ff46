import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddPermissionCommand,
  CreateQueueCommand,
  type CreateQueueCommandInput,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { TestDaemon } from '../kit/test-daemon.ts';

const clientOf = (endpoint: string, { account = '000000000000', region = 'us-east-1' } = {}): SQSClient =>
  new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });

suite('Queues of a daemon', () => {
  let daemon: TestDaemon;
  let client: SQSClient;
  before(async () => {
    daemon = await TestDaemon.start();
    client = clientOf(daemon.endpoint);
  });
  after(async () => {
    client.destroy();
    await daemon[Symbol.asyncDispose]();
  });

  const create = async (QueueName: string, input: Partial<CreateQueueCommandInput> = {}): Promise<string> =>
    (await client.send(new CreateQueueCommand({ QueueName, ...input }))).QueueUrl ?? '';
  const attribute = async (QueueUrl: string, name: QueueAttributeName): Promise<string | undefined> =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }))).Attributes?.[name];
  const json = (operation: string, body: string | object) =>
    daemon.fetch('/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('the URL of a queue begins as the client reached the daemon, and any host in it is taken', async () => {
    const url = await create('urls');
    assert.equal(url, `${daemon.endpoint}/000000000000/urls`);
    for (const other of [
      'https://sqs.us-east-1.amazonaws.com/000000000000/urls',
      'http://localhost.localstack.cloud:4566/000000000000/urls',
      'http://localhost:4566/queue/us-east-1/000000000000/urls',
      'http://us-east-1.queue.localhost:4566/000000000000/urls',
    ]) {
      assert.match((await attribute(other, 'QueueArn')) ?? '', /:urls$/);
    }
    const elsewhere = 'http://localhost:4566/queue/eu-west-1/000000000000/urls';
    await assert.rejects(attribute(elsewhere, 'QueueArn'), { name: 'QueueDoesNotExist' });
    await assert.rejects(attribute('http://localhost/urls', 'QueueArn'), { name: 'InvalidAddress' });
  });

  test('accounts and regions have queues of their own, and one account finds those of another by its number', async () => {
    await create('own');
    const other = clientOf(daemon.endpoint, { account: '111111111111', region: 'eu-west-1' });
    assert.equal((await other.send(new ListQueuesCommand({}))).QueueUrls, undefined);
    await other.send(new CreateQueueCommand({ QueueName: 'theirs' }));
    other.destroy();
    const here = clientOf(daemon.endpoint, { region: 'eu-west-1' });
    const found = await here.send(
      new GetQueueUrlCommand({ QueueName: 'theirs', QueueOwnerAWSAccountId: '111111111111' }),
    );
    assert.equal(found.QueueUrl, `${daemon.endpoint}/111111111111/theirs`);
    here.destroy();
  });

  test('lists come in pages', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await create(name);
    const QueueNamePrefix = 'page-';
    const first = await client.send(new ListQueuesCommand({ QueueNamePrefix, MaxResults: 2 }));
    assert.deepEqual(
      first.QueueUrls?.map((url) => url.at(-1)),
      ['a', 'b'],
    );
    const rest = await client.send(
      new ListQueuesCommand({ QueueNamePrefix, MaxResults: 2, NextToken: first.NextToken }),
    );
    assert.deepEqual([rest.QueueUrls?.map((url) => url.at(-1)), rest.NextToken], [['c'], undefined]);
    await assert.rejects(client.send(new ListQueuesCommand({ MaxResults: 2, NextToken: 'x' })), {
      name: 'InvalidParameterValue',
    });
  });

  test('a queue that is there is created again only with the same attributes', async () => {
    const Attributes = { DelaySeconds: '5', Policy: '{"Version": "2012-10-17", "Statement": []}' };
    const url = await create('same', { Attributes });
    assert.equal(await create('same'), url);
    assert.equal(await create('same', { Attributes: { Policy: '{"Statement":[],"Version":"2012-10-17"}' } }), url);
    await assert.rejects(create('same', { Attributes: { DelaySeconds: '6' } }), {
      name: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    });
  });

  test('attributes that AWS does not take are refused with its words', async () => {
    const url = await create('refusals');
    const arn = await attribute(url, 'QueueArn');
    const set = (Attributes: Record<string, string>) =>
      client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const redrive = (policy: object) => ({ RedrivePolicy: JSON.stringify(policy) });
    const missing = 'arn:aws:sqs:us-east-1:000000000000:missing';
    for (const [attributes, name, message] of [
      [
        { VisibilityTimeout: '43201' },
        'InvalidAttributeValue',
        /^Invalid value for the parameter VisibilityTimeout\.$/,
      ],
      [{ DelaySeconds: 'x' }, 'InvalidAttributeValue', /parameter DelaySeconds/],
      [{ MaximumMessageSize: '1048577' }, 'InvalidAttributeValue', /parameter MaximumMessageSize/],
      [{ Policy: '{' }, 'InvalidAttributeValue', /parameter Policy/],
      [{ Colour: 'red' }, 'InvalidAttributeName', /^Unknown Attribute Colour\.$/],
      [{ QueueArn: 'x' }, 'InvalidAttributeName', /^Unknown Attribute QueueArn\.$/],
      [{ ContentBasedDeduplication: 'true' }, 'InvalidAttributeName', /^Unknown Attribute ContentBased/],
      [{ RedrivePolicy: 'x' }, 'InvalidParameterValue', /Redrive policy is not a valid JSON map\.$/],
      [redrive({ maxReceiveCount: 1 }), 'InvalidParameterValue', /mandatory attribute: deadLetterTargetArn\.$/],
      [redrive({ deadLetterTargetArn: arn, maxReceiveCount: 1001 }), 'InvalidParameterValue', /from 1 to 1000 both/],
      [redrive({ deadLetterTargetArn: missing, maxReceiveCount: 1 }), 'InvalidParameterValue', /target does not exist/],
      [{ RedriveAllowPolicy: '{"redrivePermission":"maybe"}' }, 'InvalidParameterValue', /redrivePermission/],
    ] as const) {
      await assert.rejects(set(attributes), (error: Error) => {
        assert.equal(error.name, name, JSON.stringify(attributes));
        assert.match(error.message, message);
        return true;
      });
    }
    await assert.rejects(create('no-suffix', { Attributes: { FifoQueue: 'true' } }), /must end with \.fifo suffix/);
    await assert.rejects(create('no-attribute.fifo'), /Can only include alphanumeric/);
  });

  test('a dead-letter queue says whose messages it takes', async () => {
    const dead = await create('picky', { Attributes: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' } });
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: await attribute(dead, 'QueueArn'),
      maxReceiveCount: 1,
    });
    await assert.rejects(create('denied', { Attributes: { RedrivePolicy } }), { name: 'InvalidParameterValue' });
    const RedriveAllowPolicy =
      '{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:us-east-1:000000000000:denied"]}';
    await client.send(new SetQueueAttributesCommand({ QueueUrl: dead, Attributes: { RedriveAllowPolicy } }));
    await create('denied', { Attributes: { RedrivePolicy } });
  });

  test('permissions are statements of the policy', async () => {
    const QueueUrl = await create('permissions');
    const input = { QueueUrl, Label: 'team', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] };
    await client.send(new AddPermissionCommand(input));
    assert.partialDeepStrictEqual(JSON.parse((await attribute(QueueUrl, 'Policy')) ?? ''), {
      Statement: [
        {
          Sid: 'team',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'SQS:SendMessage',
          Resource: 'arn:aws:sqs:us-east-1:000000000000:permissions',
        },
      ],
    });
    await assert.rejects(client.send(new AddPermissionCommand(input)), /Reason: Already exists\.$/);
    await assert.rejects(
      client.send(new AddPermissionCommand({ ...input, Label: 'b', Actions: ['DeleteQueue'] })),
      /Only the/,
    );
    await client.send(new RemovePermissionCommand({ QueueUrl, Label: 'team' }));
    assert.equal(await attribute(QueueUrl, 'Policy'), undefined);
    await assert.rejects(client.send(new RemovePermissionCommand({ QueueUrl, Label: 'team' })), /can't find label/);
  });

  test('a message as large as a queue takes goes through both protocols; one byte more does not', async () => {
    const QueueUrl = await create('large');
    const MessageBody = '"'.repeat(1024 * 1024);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const form = new URLSearchParams({ Action: 'SendMessage', MessageBody });
    assert.equal((await fetch(QueueUrl, { method: 'POST', body: form })).status, 200);
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    assert.deepEqual(
      Messages.map(({ Body }) => Body === MessageBody),
      [true, true],
    );
    await assert.rejects(
      client.send(new SendMessageCommand({ QueueUrl, MessageBody: `${MessageBody}x` })),
      /Reason: Message must be shorter than 1048576 bytes\.$/,
    );
  });

  test('the trace header of a request travels with its message', async () => {
    const QueueUrl = await create('traced');
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
    await fetch(`${QueueUrl}?Action=SendMessage&MessageBody=a`, { headers: { 'x-amzn-trace-id': header } });
    const received = await client.send(new ReceiveMessageCommand({ QueueUrl, AttributeNames: ['All'] }));
    assert.equal(received.Messages?.[0]?.Attributes?.AWSTraceHeader, header);
  });

  test('a client that breaks off while it waits takes no message with it', async () => {
    const QueueUrl = await create('broken-off');
    const leaving = new AbortController();
    const waiting = fetch(`${QueueUrl}?Action=ReceiveMessage&WaitTimeSeconds=20`, { signal: leaving.signal });
    // Its request is at the daemon before this one is answered.
    await attribute(QueueUrl, 'QueueArn');
    leaving.abort();
    await assert.rejects(waiting);
    await attribute(QueueUrl, 'QueueArn');
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
    assert.equal(Messages?.[0]?.Body, 'a');
  });

  test('requests that nobody can read are answered in the form of AWS, and the next one works', async () => {
    const QueueUrl = await create('hostile');
    for (const [operation, body, type] of [
      ['Teleport', {}, 'UnknownOperationException'],
      ['SendMessage', '{', 'SerializationException'],
      ['SendMessage', '[]', 'SerializationException'],
      ['SendMessage', { QueueUrl, MessageBody: 1 }, 'SerializationException'],
      ['SendMessage', { QueueUrl }, 'MissingParameter'],
      ['SendMessage', { QueueUrl, MessageBody: '' }, 'MissingParameter'],
      ['SendMessage', { MessageBody: 'x' }, 'MissingParameter'],
      ['SendMessage', { QueueUrl, MessageBody: '\u0000' }, 'com.amazonaws.sqs#InvalidMessageContents'],
      ['SendMessage', { QueueUrl, MessageBody: 'x', MessageAttributes: { a: null } }, 'MissingParameter'],
      ['SendMessageBatch', { QueueUrl }, 'com.amazonaws.sqs#EmptyBatchRequest'],
      ['SendMessageBatch', { QueueUrl, Entries: [null] }, 'MissingParameter'],
      ['ReceiveMessage', { QueueUrl, AttributeNames: ['Colour'] }, 'com.amazonaws.sqs#InvalidAttributeName'],
      ['DeleteMessage', { QueueUrl, ReceiptHandle: 'x' }, 'com.amazonaws.sqs#ReceiptHandleIsInvalid'],
      ['DeleteMessage', { QueueUrl: `${QueueUrl}/x`, ReceiptHandle: 'x' }, 'com.amazonaws.sqs#InvalidAddress'],
      ['CancelMessageMoveTask', { TaskHandle: 'x' }, 'InvalidParameterValue'],
      ['StartMessageMoveTask', { SourceArn: 'x' }, 'com.amazonaws.sqs#ResourceNotFoundException'],
    ] as const) {
      const answer = await json(operation, body);
      const { __type } = (await answer.json()) as { __type: string };
      assert.equal(__type, type, `${operation} ${JSON.stringify(body)}`);
      assert.match(answer.headers.get('x-amzn-query-error') ?? '', /^[\w.]+;Sender$/);
    }
    for (const [query, code] of [
      ['Action=Teleport', 'InvalidAction'],
      ['Action=ReceiveMessage&MaxNumberOfMessages=many', 'SerializationException'],
      [`Action=ReceiveMessage&${'a.'.repeat(50)}=1`, 'SerializationException'],
      ['Action=SendMessage', 'MissingParameter'],
    ] as const) {
      const answer = await fetch(`${QueueUrl}?${query}`);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), new RegExp(`<Code>${code}</Code>`), query);
    }
    assert.equal((await json('SendMessage', { QueueUrl, MessageBody: 'x' })).status, 200);
  });
});

test('settings choose the form of URLs, and the rests that AWS has after a purge and a deletion', async () => {
  await using daemon = await TestDaemon.start({
    settings: {
      SQS_ENDPOINT_STRATEGY: 'path',
      SQS_DELAY_PURGE_RETRY: '1',
      SQS_DELAY_RECENTLY_DELETED: '1',
      LOCALSTACK_HOST: 'queues.test:4566',
    },
  });
  const client = clientOf(daemon.endpoint);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'a' }));
  assert.equal(QueueUrl, 'http://queues.test:4566/queue/us-east-1/000000000000/a');
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  await assert.rejects(client.send(new PurgeQueueCommand({ QueueUrl })), {
    name: 'PurgeQueueInProgress',
    message: 'Only one PurgeQueue operation on a is allowed every 60 seconds.',
  });
  await client.send(new DeleteQueueCommand({ QueueUrl }));
  await assert.rejects(client.send(new CreateQueueCommand({ QueueName: 'a' })), {
    name: 'QueueDeletedRecently',
    message: 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  });
  client.destroy();
});

test('a daemon that ends lets those go who wait for a message', async () => {
  const daemon = await TestDaemon.start();
  const client = clientOf(daemon.endpoint);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'ended' }));
  const waiting = client
    .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
    .catch((error: Error) => error);
  // Its request is at the daemon before this one is answered.
  await client.send(new ListQueuesCommand({}));
  await daemon[Symbol.asyncDispose]();
  await waiting;
  client.destroy();
});
