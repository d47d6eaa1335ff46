/** What buckets tell queues, topics, functions and the event bus. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { TestDaemon } from '../kit/test-daemon.ts';
import { FakeServices } from './fake-services.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const services = await FakeServices.start();
const daemon = await TestDaemon.start({
  settings: {
    AWS_ENDPOINT_URL_SQS: services.endpoint,
    AWS_ENDPOINT_URL_SNS: services.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: services.endpoint,
  },
});
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
  await services[Symbol.asyncDispose]();
});

const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const topicArn = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
const configure = (Bucket: string, NotificationConfiguration: NotificationConfiguration) =>
  client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
const put = (Bucket: string, Key: string, Body = 'hello') => client.send(new PutObjectCommand({ Bucket, Key, Body }));

interface Record_ {
  readonly eventName: string;
  readonly s3: { readonly configurationId: string; readonly object: Readonly<Record<string, unknown>> };
}

/** The records that came to a queue since its test message. */
const recordsOf = (queue: string): Record_[] =>
  services.queued
    .filter((message) => message.queue === queue && !message.body.includes('s3:TestEvent'))
    .flatMap(({ body }) => (JSON.parse(body) as { readonly Records: Record_[] }).Records);

/** What is delivered beside the requests takes its time over real sockets. */
async function arrives(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 8000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, 'nothing has arrived');
    await daemon.fetch('/_lambdad/health');
  }
}

suite('notifications', () => {
  test('to a queue begin with a test and go on with records as AWS writes them', async () => {
    const Bucket = await newBucket(client);
    await configure(Bucket, {
      QueueConfigurations: [{ Id: 'all', QueueArn: queueArn('q1'), Events: ['s3:ObjectCreated:*'] }],
    });
    const { body } = services.queued.find(({ queue }) => queue === 'q1') ?? { body: '{}' };
    const first = JSON.parse(body) as Record<string, string>;
    assert.deepEqual([first['Service'], first['Event'], first['Bucket']], ['Amazon S3', 's3:TestEvent', Bucket]);
    const { $metadata } = await put(Bucket, 'a folder/ü+1.txt');
    await arrives(() => recordsOf('q1').length === 1);
    const [record] = recordsOf('q1') as unknown as [Record<string, unknown> & Record_];
    const { eventTime, responseElements, userIdentity, s3, ...rest } = record;
    assert.deepEqual(rest, {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventName: 'ObjectCreated:Put',
      requestParameters: { sourceIPAddress: '127.0.0.1' },
    });
    assert.match(String(eventTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(responseElements, {
      'x-amz-request-id': $metadata.requestId,
      'x-amz-id-2': $metadata.extendedRequestId,
    });
    assert.deepEqual(userIdentity, { principalId: 'AWS:000000000000' });
    const { sequencer, ...object } = s3.object;
    assert.match(String(sequencer), /^[0-9A-F]{18}$/);
    assert.deepEqual(object, { key: 'a+folder/%C3%BC%2B1.txt', size: 5, eTag: '5d41402abc4b2a76b9719d911017c592' });
    assert.equal(s3.configurationId, 'all');
  });

  test('are for the events, prefixes and suffixes that are configured', async () => {
    const Bucket = await newBucket(client);
    const Filter = {
      Key: {
        FilterRules: [
          { Name: 'prefix' as const, Value: 'in/' },
          { Name: 'suffix' as const, Value: '.txt' },
        ],
      },
    };
    await configure(Bucket, {
      QueueConfigurations: [
        { Id: 'created', QueueArn: queueArn('q2'), Events: ['s3:ObjectCreated:Put', 's3:ObjectCreated:Copy'], Filter },
        { Id: 'removed', QueueArn: queueArn('q2'), Events: ['s3:ObjectRemoved:*', 's3:ObjectTagging:*'] },
      ],
    });
    await put(Bucket, 'in/1.txt');
    await put(Bucket, 'in/1.bin');
    await put(Bucket, 'out/1.txt');
    await client.send(new CopyObjectCommand({ Bucket, Key: 'in/2.txt', CopySource: `${Bucket}/in/1.bin` }));
    const TagSet = [{ Key: 'a', Value: 'b' }];
    await client.send(new PutObjectTaggingCommand({ Bucket, Key: 'out/1.txt', Tagging: { TagSet } }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'out/1.txt' }));
    await arrives(() => recordsOf('q2').length === 4);
    const seen = recordsOf('q2').map(({ eventName, s3 }) => `${eventName} ${String(s3.object['key'])}`);
    assert.deepEqual(seen.toSorted(), [
      'ObjectCreated:Copy in/2.txt',
      'ObjectCreated:Put in/1.txt',
      'ObjectRemoved:Delete out/1.txt',
      'ObjectTagging:Put out/1.txt',
    ]);
    const { QueueConfigurations } = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    assert.deepEqual(QueueConfigurations?.[0]?.Filter, Filter);
  });

  test('of versions and parts say which they are', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await configure(Bucket, {
      QueueConfigurations: [{ QueueArn: queueArn('q3'), Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }],
    });
    const { VersionId } = await put(Bucket, 'k');
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber: 1, Body: 'part' }),
    );
    const Parts = [{ PartNumber: 1, ETag }];
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts } }));
    await arrives(() => recordsOf('q3').length === 4);
    const records = recordsOf('q3');
    assert.deepEqual(
      records.map(({ eventName }) => eventName),
      [
        'ObjectCreated:Put',
        'ObjectRemoved:DeleteMarkerCreated',
        'ObjectRemoved:Delete',
        'ObjectCreated:CompleteMultipartUpload',
      ],
    );
    assert.deepEqual(
      records.slice(0, 3).map(({ s3 }) => s3.object['versionId']),
      [VersionId, marker.VersionId, VersionId],
    );
    const sequence = records.map(({ s3 }) => String(s3.object['sequencer']));
    assert.deepEqual(sequence, sequence.toSorted());
  });

  test('keep the order of each key and are tried again', async () => {
    const Bucket = await newBucket(client);
    await configure(Bucket, { QueueConfigurations: [{ QueueArn: queueArn('q4'), Events: ['s3:ObjectCreated:*'] }] });
    services.faults = 1;
    for (let size = 1; size <= 20; size++) await put(Bucket, 'k', 'x'.repeat(size));
    await arrives(() => recordsOf('q4').length === 20);
    assert.deepEqual(
      recordsOf('q4').map(({ s3 }) => s3.object['size']),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test('go to topics and to the event bus', async () => {
    const Bucket = await newBucket(client);
    await configure(Bucket, {
      TopicConfigurations: [{ TopicArn: topicArn('t'), Events: ['s3:ObjectCreated:*'] }],
      EventBridgeConfiguration: {},
    });
    await put(Bucket, 'a b');
    await arrives(() => services.published.length === 2 && services.bridged.length === 1);
    assert.deepEqual(
      services.published.map(({ subject }) => subject),
      ['Amazon S3 Notification', 'Amazon S3 Notification'],
    );
    assert.match(services.published[1]?.message ?? '', /"eventName":"ObjectCreated:Put"/);
    const [event] = services.bridged;
    assert.deepEqual(
      [event?.['Source'], event?.['DetailType'], event?.['Resources']],
      ['aws.s3', 'Object Created', [`arn:aws:s3:::${Bucket}`]],
    );
    const detail = JSON.parse(String(event?.['Detail'])) as {
      readonly object: Record<string, unknown>;
      readonly reason: string;
    };
    assert.deepEqual([detail.object['key'], detail.object['size'], detail.reason], ['a b', 5, 'PutObject']);
  });

  test('invoke functions', async () => {
    const Bucket = await newBucket(client);
    const other = await newBucket(client);
    const fn = await daemon.function({
      code: {
        'index.mjs': `export const handler = async (event) => {
          const [{ eventName, s3 }] = event.Records;
          await fetch(process.env.TARGET, { method: 'PUT', body: eventName + ' ' + s3.object.key });
        };`,
      },
      Environment: { Variables: { TARGET: `${daemon.endpoint}/${other}/result` } },
    });
    const LambdaFunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${fn.name}`;
    await configure(Bucket, { LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] }] });
    await put(Bucket, 'trigger');
    const deadline = performance.now() + 10_000;
    let result = '';
    while (result === '' && performance.now() < deadline) {
      const answer = await daemon.fetch(`/${other}/result`);
      const body = await answer.text();
      if (answer.ok) result = body;
    }
    assert.equal(result, 'ObjectCreated:Put trigger');
  });
});

suite('a configuration', () => {
  test('with a destination that is not there is refused', async () => {
    const Bucket = await newBucket(client);
    const Events = ['s3:ObjectCreated:*' as const];
    const LambdaFunctionArn = 'arn:aws:lambda:us-east-1:000000000000:function:gone';
    for (const configuration of [
      { QueueConfigurations: [{ QueueArn: queueArn('gone'), Events }] },
      { TopicConfigurations: [{ TopicArn: topicArn('gone'), Events }] },
      { LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events }] },
      { QueueConfigurations: [{ QueueArn: queueArn('q.fifo'), Events }] },
    ]) {
      assert.deepEqual(await refusalOf(configure(Bucket, configuration)), {
        code: 'InvalidArgument',
        status: 400,
        message: 'Unable to validate the following destination configurations',
      });
    }
    const skipped = new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { QueueConfigurations: [{ QueueArn: queueArn('gone'), Events }] },
      SkipDestinationValidation: true,
    });
    await client.send(skipped);
    const { QueueConfigurations } = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    assert.ok(QueueConfigurations?.[0]?.Id);
    await configure(Bucket, {});
    const empty = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    assert.equal(empty.QueueConfigurations, undefined);
  });

  test('that is ambiguous or malformed is refused', async () => {
    const Bucket = await newBucket(client);
    const rule = (
      Value: string,
      event: 's3:ObjectCreated:*' | 's3:ObjectCreated:Put',
      Name: 'prefix' | 'suffix' = 'prefix',
    ) => ({
      QueueArn: queueArn('q5'),
      Events: [event],
      Filter: { Key: { FilterRules: [{ Name, Value }] } },
    });
    const codeOf = async (QueueConfigurations: NotificationConfiguration['QueueConfigurations']) =>
      (await refusalOf(configure(Bucket, { QueueConfigurations }))).code;
    assert.equal(
      await codeOf([rule('a', 's3:ObjectCreated:*'), rule('a/b', 's3:ObjectCreated:Put')]),
      'InvalidArgument',
    );
    assert.equal(await codeOf([rule('a', 's3:ObjectCreated:*', 'middle' as 'suffix')]), 'InvalidArgument');
    assert.equal(await codeOf([rule('a', 's3:Nothing' as 's3:ObjectCreated:*')]), 'MalformedXML');
    assert.equal(await codeOf([{ QueueArn: topicArn('t'), Events: ['s3:ObjectCreated:*'] }]), 'InvalidArgument');
    await configure(Bucket, {
      QueueConfigurations: [rule('a', 's3:ObjectCreated:*'), rule('b', 's3:ObjectCreated:Put')],
    });
  });
});
