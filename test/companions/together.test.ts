/** Services that have something for one another, all in one daemon. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateStreamCommand, KinesisClient, ListShardsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventuallyAnswered } from '../kit/eventually.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

async function start() {
  const daemon = await TestDaemon.start();
  const options = clientOptions(daemon.endpoint);
  const clients = {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sqs: new SQSClient(options),
    sns: new SNSClient(options),
    events: new EventBridgeClient(options),
    logs: new CloudWatchLogsClient(options),
  };
  return {
    daemon,
    ...clients,
    async queue(QueueName: string) {
      const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName }));
      return async (): Promise<Record<string, unknown>> => {
        const received = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
        return JSON.parse(received.Messages?.[0]?.Body ?? '{}') as Record<string, unknown>;
      };
    },
    async [Symbol.asyncDispose]() {
      for (const client of Object.values(clients)) client.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

test('an object that is put is told to a queue, to a function, and through a topic to another queue', async () => {
  await using here = await start();
  const direct = await here.queue('direct');
  const viaTopic = await here.queue('via-topic');
  await here.sns.send(new CreateTopicCommand({ Name: 'topic' }));
  const subscription = { TopicArn: arn('sns', 'topic'), Protocol: 'sqs', Endpoint: arn('sqs', 'via-topic') };
  await here.sns.send(new SubscribeCommand(subscription));
  const code = {
    'index.js': 'exports.handler = async ({ Records }) => { console.log("saw", Records[0].s3.object.key); };',
  };
  const fn = await here.daemon.function({ code });
  const Bucket = 'pictures';
  await here.s3.send(new CreateBucketCommand({ Bucket }));
  const Events = ['s3:ObjectCreated:*' as const];
  // Two rules may not be about the same objects.
  const ending = (Value: string) => ({ Key: { FilterRules: [{ Name: 'suffix' as const, Value }] } });
  const NotificationConfiguration = {
    QueueConfigurations: [{ QueueArn: arn('sqs', 'direct'), Events, Filter: ending('.png') }],
    TopicConfigurations: [{ TopicArn: arn('sns', 'topic'), Events, Filter: ending('.jpg') }],
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn: arn('lambda', `function:${fn.name}`), Events, Filter: ending('.txt') },
    ],
  };
  await here.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  assert.equal((await direct())['Event'], 's3:TestEvent');
  assert.match(String((await viaTopic())['Message']), /s3:TestEvent/);
  for (const Key of ['cat.gif', 'cat 1.png', 'cat 2.jpg', 'cat 3.txt'])
    await here.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'meow' }));
  const [record] = (await direct())['Records'] as {
    eventName: string;
    s3: { object: { key: string; size: number } };
  }[];
  assert.deepEqual(
    [record?.eventName, record?.s3.object.key, record?.s3.object.size],
    ['ObjectCreated:Put', 'cat+1.png', 4],
  );
  assert.match(String((await viaTopic())['Message']), /"key":"cat\+2\.jpg"/);
  await eventuallyAnswered(async () => {
    const asked = new FilterLogEventsCommand({
      logGroupName: `/aws/lambda/${fn.name}`,
      filterPattern: '"saw cat+3.txt"',
    });
    return ((await here.logs.send(asked).catch(() => undefined))?.events?.length ?? 0) > 0;
  }, 'the function is invoked');
});

test('a rule takes an event to a queue', async () => {
  await using here = await start();
  const receive = await here.queue('events');
  await here.events.send(new PutRuleCommand({ Name: 'rule', EventPattern: '{"source":["app"]}' }));
  const Targets = [{ Id: 'queue', Arn: arn('sqs', 'events'), InputPath: '$.detail' }];
  await here.events.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
  const Entries = [{ Source: 'app', DetailType: 'order', Detail: '{"id":7}' }];
  assert.equal((await here.events.send(new PutEventsCommand({ Entries }))).FailedEntryCount, 0);
  assert.deepEqual(await receive(), { id: 7 });
});

test("the SDK's own client of Kinesis, which speaks HTTP/2 in clear, is understood", async () => {
  await using here = await start();
  const kinesis = new KinesisClient(clientOptions(here.daemon.endpoint));
  const StreamName = 'clicks';
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const put = await kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from('x'), PartitionKey: 'k' }));
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName }));
  assert.deepEqual(
    Shards?.map(({ ShardId }) => ShardId),
    [put.ShardId],
  );
  kinesis.destroy();
});
