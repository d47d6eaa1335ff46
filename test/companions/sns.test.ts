import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually, eventuallyAnswered } from '../kit/eventually.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

interface Posted {
  readonly type: string;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** An HTTP endpoint that confirms what it is asked to. */
async function startEndpoint({ status = 200 } = {}) {
  const posts: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const type = String(request.headers['x-amz-sns-message-type']);
      const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
      posts.push({ type, body, text });
      response.writeHead(type === 'Notification' ? status : 200).end();
      if (type === 'SubscriptionConfirmation') void fetch(String(body['SubscribeURL'])).then((answer) => answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    posts,
    notifications: () => posts.filter(({ type }) => type === 'Notification'),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function start() {
  const daemon = await TestDaemon.start();
  const sns = new SNSClient(clientOptions(daemon.endpoint));
  return {
    daemon,
    sns,
    topic: async (Name: string, Attributes: Record<string, string> = {}) =>
      (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? '',
    publish: (input: PublishCommandInput) => sns.send(new PublishCommand(input)),
    async [Symbol.asyncDispose]() {
      sns.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

test('topics are created once, listed, described and deleted', async () => {
  await using here = await start();
  const { sns } = here;
  const arn = await here.topic('news', { DisplayName: 'News' });
  assert.equal(arn, 'arn:aws:sns:us-east-1:000000000000:news');
  assert.equal(await here.topic('news'), arn);
  await assert.rejects(here.topic('news', { DisplayName: 'Other' }), {
    name: 'InvalidParameterException',
    message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
  });
  await assert.rejects(here.topic('no news!'), { message: 'Invalid parameter: Topic Name' });
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
  assert.deepEqual([Attributes?.['DisplayName'], Attributes?.['Owner']], ['News', '000000000000']);
  assert.deepEqual((await sns.send(new ListTopicsCommand({}))).Topics, [{ TopicArn: arn }]);
  await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
  await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
  await assert.rejects(sns.send(new GetTopicAttributesCommand({ TopicArn: arn })), {
    name: 'NotFoundException',
    message: 'Topic does not exist',
  });
});

test('a function is invoked with what was published', async () => {
  await using here = await start();
  await using sink = await startEndpoint();
  const code = {
    'index.js': `exports.handler = (event) => fetch(process.env.SINK, { method: 'POST', body: JSON.stringify(event) });`,
  };
  const fn = await here.daemon.function({ code, Environment: { Variables: { SINK: sink.url } } });
  const TopicArn = await here.topic('news');
  const Endpoint = `arn:aws:lambda:us-east-1:000000000000:function:${fn.name}`;
  const { SubscriptionArn } = await here.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }));
  const MessageAttributes = { colour: { DataType: 'String', StringValue: 'red' } };
  const { MessageId } = await here.publish({ TopicArn, Message: 'hello', Subject: 'greeting', MessageAttributes });
  await eventually(() => sink.posts.length === 1, 'the function is invoked');
  const [record = {}] = (sink.posts[0]?.body['Records'] ?? []) as Record<string, unknown>[];
  const { Timestamp, UnsubscribeUrl, SigningCertUrl, Signature, ...message } = record['Sns'] as Record<string, unknown>;
  assert.deepEqual(
    { ...record, Sns: message },
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: SubscriptionArn,
      Sns: {
        Type: 'Notification',
        MessageId,
        TopicArn,
        Subject: 'greeting',
        Message: 'hello',
        SignatureVersion: '1',
        MessageAttributes: { colour: { Type: 'String', Value: 'red' } },
      },
    },
  );
  assert.match(String(Timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  for (const text of [UnsubscribeUrl, SigningCertUrl, Signature]) assert.equal(typeof text, 'string');
});

test('an HTTP endpoint confirms, then gets messages, in an envelope or raw, until it is unsubscribed', async () => {
  await using here = await start();
  await using endpoint = await startEndpoint();
  const TopicArn = await here.topic('news');
  const subscribe = new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint.url });
  assert.equal((await here.sns.send(subscribe)).SubscriptionArn, 'pending confirmation');
  const listed = async () =>
    (await here.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
  let SubscriptionArn = '';
  await eventuallyAnswered(async () => {
    SubscriptionArn = (await listed())[0]?.SubscriptionArn ?? '';
    return SubscriptionArn.startsWith('arn:');
  }, 'the endpoint confirms');
  const { MessageId } = await here.publish({ TopicArn, Message: 'one' });
  await eventually(() => endpoint.notifications().length === 1, 'a message comes');
  const [first] = endpoint.notifications();
  assert.deepEqual([first?.body['Message'], first?.body['MessageId']], ['one', MessageId]);
  const raw = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
  await here.sns.send(new SetSubscriptionAttributesCommand(raw));
  await here.publish({ TopicArn, Message: '{"default":"all","http":"for http"}', MessageStructure: 'json' });
  await eventually(() => endpoint.notifications().length === 2, 'a message comes');
  assert.equal(endpoint.notifications()[1]?.text, 'for http');
  await here.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  assert.deepEqual(await listed(), []);
});

test('a filter lets through what fits, by attributes or by body', async () => {
  await using here = await start();
  await using endpoint = await startEndpoint();
  const TopicArn = await here.topic('news');
  const { SubscriptionArn } = await here.sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'http',
      Endpoint: endpoint.url,
      Attributes: {
        FilterPolicy: '{"level":[{"numeric":[">",3]}],"kind":["a",{"prefix":"b"}]}',
        RawMessageDelivery: 'true',
      },
      ReturnSubscriptionArn: true,
    }),
  );
  const attribute = async (name: string) =>
    (await here.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes?.[name];
  await eventuallyAnswered(async () => (await attribute('PendingConfirmation')) === 'false', 'the endpoint confirms');
  assert.equal(await attribute('FilterPolicyScope'), 'MessageAttributes');
  const publish = (Message: string, level: string, kind: string) =>
    here.publish({
      TopicArn,
      Message,
      MessageAttributes: {
        level: { DataType: 'Number', StringValue: level },
        kind: { DataType: 'String', StringValue: kind },
      },
    });
  await publish('low', '3', 'a');
  await publish('fits', '4', 'bb');
  await here.publish({ TopicArn, Message: 'without' });
  const set = (AttributeName: string, AttributeValue: string) =>
    here.sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
  await eventually(() => endpoint.notifications().length === 1, 'a message comes');
  await set('FilterPolicyScope', 'MessageBody');
  await set('FilterPolicy', '{"a":{"b":["c"]}}');
  await here.publish({ TopicArn, Message: 'no JSON' });
  await here.publish({ TopicArn, Message: '{"a":{"b":"c"}}' });
  await eventually(() => endpoint.notifications().length === 2, 'a message comes');
  assert.deepEqual(
    endpoint.notifications().map(({ text }) => text),
    ['fits', '{"a":{"b":"c"}}'],
  );
  await assert.rejects(set('FilterPolicy', '{"a":"b"}'), { name: 'InvalidParameterException' });
  assert.equal(await attribute('FilterPolicy'), '{"a":{"b":["c"]}}', 'the one before stays');
});

test('a FIFO topic numbers its messages and publishes each id once', async () => {
  await using here = await start();
  const TopicArn = await here.topic('orders.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' });
  const publish = (Message: string) => here.publish({ TopicArn, Message, MessageGroupId: 'g' });
  const first = await publish('a');
  const again = await publish('a');
  const second = await publish('b');
  assert.deepEqual([again.MessageId, again.SequenceNumber], [first.MessageId, first.SequenceNumber]);
  assert.ok(BigInt(second.SequenceNumber ?? 0) > BigInt(first.SequenceNumber ?? 0));
  await assert.rejects(here.publish({ TopicArn, Message: 'a' }), {
    message: 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
  });
});

test('what cannot be published is refused, and in a batch by itself', async () => {
  await using here = await start();
  const TopicArn = await here.topic('news');
  const refused = (input: Partial<PublishCommandInput>) => here.publish({ TopicArn, Message: 'm', ...input });
  await assert.rejects(refused({ Message: '' }), { message: 'Invalid parameter: Empty message' });
  await assert.rejects(refused({ Message: 'x'.repeat(262_145) }), { message: 'Invalid parameter: Message too long' });
  await assert.rejects(refused({ Subject: 'a\nb' }), { message: 'Invalid parameter: Subject' });
  await assert.rejects(refused({ MessageStructure: 'json' }), {
    message: 'Invalid parameter: Message Structure - JSON message body failed to parse',
  });
  await assert.rejects(refused({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:none' }), { name: 'NotFoundException' });
  const batch = await here.sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'good', Message: 'm' },
        { Id: 'bad', Message: 'm', Subject: '\n' },
      ],
    }),
  );
  assert.deepEqual(
    batch.Successful?.map(({ Id }) => Id),
    ['good'],
  );
  assert.deepEqual(batch.Failed, [
    { Id: 'bad', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true },
  ]);
});

test('queues get messages in an envelope or raw, FIFO queues in order, and what no queue takes goes to the dead letters', async () => {
  await using here = await start();
  const sqs = new SQSClient(clientOptions(here.daemon.endpoint));
  const queue = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    const receive = async () => {
      const input = { QueueUrl, WaitTimeSeconds: 10, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
    };
    return { arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`, receive };
  };
  const subscribe = (TopicArn: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
    here.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  const [plain, raw, dead] = [await queue('plain'), await queue('raw'), await queue('dead')];
  const TopicArn = await here.topic('news');
  await subscribe(TopicArn, plain.arn);
  await subscribe(TopicArn, raw.arn, { RawMessageDelivery: 'true' });
  const redrive = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) };
  await subscribe(TopicArn, 'arn:aws:sqs:us-east-1:000000000000:gone', { ...redrive, RawMessageDelivery: 'true' });
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'a' } };
  const { MessageId } = await here.publish({ TopicArn, Message: 'hello', MessageAttributes });
  const [enveloped] = await plain.receive();
  const envelope = JSON.parse(enveloped?.Body ?? '{}') as Record<string, unknown>;
  assert.deepEqual(
    [envelope['Type'], envelope['MessageId'], envelope['Message'], envelope['MessageAttributes']],
    ['Notification', MessageId, 'hello', { kind: { Type: 'String', Value: 'a' } }],
  );
  const [bare] = await raw.receive();
  assert.equal(bare?.Body, 'hello');
  assert.deepEqual(bare?.MessageAttributes?.['kind'], MessageAttributes.kind);
  assert.equal((await dead.receive())[0]?.Body, 'hello');

  const fifo = await queue('orders.fifo', { FifoQueue: 'true' });
  const orders = await here.topic('orders.fifo', { FifoTopic: 'true' });
  await subscribe(orders, fifo.arn, { RawMessageDelivery: 'true' });
  for (const id of ['1', '2', '3']) {
    await here.publish({ TopicArn: orders, Message: id, MessageGroupId: 'g', MessageDeduplicationId: id });
  }
  const received: (string | undefined)[] = [];
  while (received.length < 3) received.push(...(await fifo.receive()).map(({ Body }) => Body));
  assert.deepEqual(received, ['1', '2', '3']);
  sqs.destroy();
});
