/** What every implementation of Amazon SQS does, seen through the real SDK: the embedded one, and those of others. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type SQSServiceException,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { fifoConformance } from './fifo-conformance.ts';
import type { KnownDifferences } from './known-differences.ts';
import { bodies, QueueOfPeer, until } from './queue-of-peer.ts';

export interface SqsPeer extends AsyncDisposable {
  readonly endpoint: string;
}

export function sqsConformance(name: string, start: () => Promise<SqsPeer>, differs: KnownDifferences = {}): void {
  suite(`SQS: ${name}`, { concurrency: true }, () => {
    let peer: SqsPeer;
    let client: SQSClient;
    before(async () => {
      peer = await start();
      client = new SQSClient({
        endpoint: peer.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        // Every call goes to the peer, whatever host its queues' URLs name.
        useQueueUrlAsEndpoint: false,
        maxAttempts: 1,
      });
    });
    after(async () => {
      client.destroy();
      await peer[Symbol.asyncDispose]();
    });

    const create = async (QueueName: string, Attributes: Record<string, string> = {}): Promise<QueueOfPeer> => {
      const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
      return new QueueOfPeer(client, QueueUrl);
    };
    const createFifo = (name: string, attributes: Record<string, string> = {}) =>
      create(`${name}.fifo`, { FifoQueue: 'true', ...attributes });

    test('a queue is created, found, listed and deleted', async () => {
      const queue = await create('life');
      assert.equal((await create('life')).url, queue.url);
      assert.equal((await client.send(new GetQueueUrlCommand({ QueueName: 'life' }))).QueueUrl, queue.url);
      const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'lif' }));
      assert.deepEqual(QueueUrls, [queue.url]);
      assert.equal(await queue.arn(), 'arn:aws:sqs:us-east-1:000000000000:life');
      await client.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
      await assert.rejects(queue.send('x'), (error: SQSServiceException) => {
        assert.equal(error.name, 'QueueDoesNotExist');
        assert.equal(error.$metadata.httpStatusCode, 400);
        return true;
      });
      await assert.rejects(client.send(new GetQueueUrlCommand({ QueueName: 'life' })), { name: 'QueueDoesNotExist' });
    });

    test('attributes are set and shown', async () => {
      const queue = await create('attributes', { VisibilityTimeout: '7', DelaySeconds: '1' });
      await client.send(
        new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { ReceiveMessageWaitTimeSeconds: '3' } }),
      );
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['All'] }),
      );
      assert.partialDeepStrictEqual(Attributes, {
        VisibilityTimeout: '7',
        DelaySeconds: '1',
        ReceiveMessageWaitTimeSeconds: '3',
        ApproximateNumberOfMessages: '0',
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:attributes',
      });
    });

    test('tags are set, listed and taken away', async () => {
      const { url: QueueUrl } = await create('tags');
      await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'a', stage: 'test' } }));
      await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
      assert.deepEqual((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags, { team: 'a' });
    });

    test('a message comes with its attributes and with the digests of both', async () => {
      const queue = await create('message');
      const MessageAttributes = {
        text: { DataType: 'String', StringValue: 'grün' },
        number: { DataType: 'Number.int', StringValue: '42' },
        bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 1, 255]) },
      };
      const MessageSystemAttributes = {
        AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
      };
      const sent = await queue.send('hello "wörld"', { MessageAttributes, MessageSystemAttributes });
      assert.equal(sent.MD5OfMessageBody, 'edc192c9d5e13dc04907a0610d792a55');
      assert.equal(sent.MD5OfMessageAttributes, '823f24277426d2ce781007c1bddd6d2b');
      const [message] = await queue.receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
      assert.equal(message?.Body, 'hello "wörld"');
      assert.equal(message?.MessageId, sent.MessageId);
      assert.equal(message?.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
      assert.deepEqual(message?.MessageAttributes?.['number'], MessageAttributes.number);
      assert.deepEqual(Buffer.from(message?.MessageAttributes?.['bytes']?.BinaryValue ?? []), Buffer.from([0, 1, 255]));
      assert.equal(message?.Attributes?.AWSTraceHeader, MessageSystemAttributes.AWSTraceHeader.StringValue);
      assert.equal(message?.Attributes?.ApproximateReceiveCount, '1');
      assert.match(message?.Attributes?.SentTimestamp ?? '', /^\d{13}$/);
    });

    test('a message that was received is invisible until its time-out, and gone once it is deleted', async () => {
      const queue = await create('visibility', { VisibilityTimeout: '1' });
      await queue.send('a');
      assert.equal((await queue.receive()).length, 1);
      assert.deepEqual(await queue.receive(), []);
      assert.equal(await queue.attribute('ApproximateNumberOfMessagesNotVisible'), '1');
      const [again] = await queue.receive({ WaitTimeSeconds: 5, AttributeNames: ['ApproximateReceiveCount' as 'All'] });
      assert.ok(again !== undefined);
      assert.equal(again.Attributes?.ApproximateReceiveCount, '2');
      await queue.delete(again);
      if (differs.deletedTwice === undefined) await queue.delete(again);
      assert.equal(await queue.attribute('ApproximateNumberOfMessagesNotVisible'), '0');
    });

    test('a message is visible at once when its time-out is set to zero', async () => {
      const queue = await create('zero');
      await queue.send('a');
      const [message] = await queue.receive();
      assert.ok(message !== undefined);
      await queue.hide(message, 0);
      assert.deepEqual(bodies(await queue.receive()), ['a']);
    });

    test('whoever waits gets a message as soon as it arrives', async () => {
      const queue = await create('polling');
      const began = performance.now();
      const received = queue.receive({ WaitTimeSeconds: 20 });
      await queue.send('a');
      assert.deepEqual(bodies(await received), ['a']);
      assert.ok(performance.now() - began < 10_000, 'long before its time is over');
    });

    test('a delayed message comes later', async () => {
      const queue = await create('delay');
      await queue.send('a', { DelaySeconds: 1 });
      assert.deepEqual(await queue.receive(), []);
      assert.equal(await queue.attribute('ApproximateNumberOfMessagesDelayed'), '1');
      assert.deepEqual(bodies(await queue.receive({ WaitTimeSeconds: 5 })), ['a']);
    });

    test('a batch is sent and deleted, each entry with its own outcome', async () => {
      const queue = await create('batch');
      const sent = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queue.url,
          Entries: [
            { Id: 'one', MessageBody: '1' },
            { Id: 'two', MessageBody: '2', DelaySeconds: 901 },
            { Id: 'three', MessageBody: '3' },
          ],
        }),
      );
      assert.deepEqual(sent.Successful?.map(({ Id }) => Id).sort(), ['one', 'three']);
      assert.deepEqual(
        sent.Failed?.map(({ Id, SenderFault, Code }) => ({ Id, SenderFault, Code })),
        [{ Id: 'two', SenderFault: true, Code: 'InvalidParameterValue' }],
      );
      const received = await queue.receive();
      const Entries = received.map(({ ReceiptHandle }, n) => ({ Id: `${n}`, ReceiptHandle }));
      const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
      assert.equal(deleted.Successful?.length, 2);
    });

    test('batches that are empty, too long or ambiguous are refused', async () => {
      const queue = await create('bad-batch');
      const entry = (Id: string) => ({ Id, MessageBody: 'x' });
      for (const [Entries, refusal] of [
        [Array.from({ length: 11 }, (_, n) => entry(`${n}`)), 'TooManyEntriesInBatchRequest'],
        [[entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
        ...(differs.batchChecks === undefined
          ? ([
              [[], 'EmptyBatchRequest'],
              [[entry('a b')], 'InvalidBatchEntryId'],
            ] as const)
          : []),
      ] as const) {
        const command = new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: [...Entries] });
        await assert.rejects(client.send(command), { name: refusal });
      }
    });

    test('values out of range are refused', async () => {
      const queue = await create('ranges');
      const invalid = { name: 'InvalidParameterValue' };
      await assert.rejects(queue.receive({ MaxNumberOfMessages: 11 }));
      if (differs.refusals !== undefined) return;
      await assert.rejects(queue.receive({ MaxNumberOfMessages: 11 }), invalid);
      await assert.rejects(queue.receive({ WaitTimeSeconds: 21 }), invalid);
      await assert.rejects(queue.send('x', { DelaySeconds: 901 }), invalid);
      await assert.rejects(
        queue.send('x', { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }),
        invalid,
      );
      await assert.rejects(create('bad name'), invalid);
      await assert.rejects(queue.delete({ ReceiptHandle: 'garbage' }), { name: 'ReceiptHandleIsInvalid' });
    });

    test('a message that was received too often is in the dead-letter queue', async () => {
      const dead = await create('dead');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await dead.arn(), maxReceiveCount: 1 });
      const queue = await create('source', { RedrivePolicy });
      const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.url }));
      assert.deepEqual(sources.queueUrls, [queue.url]);
      const { MessageId } = await queue.send('bad');
      await queue.receive({ VisibilityTimeout: 0 });
      await until(async () => {
        assert.deepEqual(await queue.receive(), []);
        return (await dead.attribute('ApproximateNumberOfMessages')) === '1';
      }, 'the message moved');
      const [moved] = await dead.receive({ MessageSystemAttributeNames: ['All'], VisibilityTimeout: 0 });
      assert.equal(moved?.MessageId, MessageId);
      assert.equal(moved?.Attributes?.DeadLetterQueueSourceArn, await queue.arn());
      if (differs.moveTask !== undefined) return;
      const SourceArn = await dead.arn();
      await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
      await until(async () => {
        const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn }));
        return Results?.[0]?.Status === 'COMPLETED' && Results[0].ApproximateNumberOfMessagesMoved === 1;
      }, 'the task is done');
      assert.deepEqual(bodies(await queue.receive()), ['bad']);
    });

    test('a purged queue is empty', async () => {
      const queue = await create('purge');
      await queue.send('a');
      await client.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      assert.deepEqual(await queue.receive(), []);
    });

    fifoConformance(createFifo, differs);

    test('the older protocol answers at the URL of the queue, without a signature', async () => {
      const queue = await create('query');
      const ask = async (fields: Record<string, string>): Promise<string> => {
        const { pathname } = new URL(queue.url);
        const body = new URLSearchParams({ Version: '2012-11-05', ...fields });
        return (await fetch(`${peer.endpoint}${pathname}`, { method: 'POST', body })).text();
      };
      const sent = await ask({ Action: 'SendMessage', MessageBody: 'a&b' });
      assert.match(
        sent,
        /<SendMessageResult>.*<MD5OfMessageBody>b96e7bda9c9feee3259b177bd456b0a5<\/MD5OfMessageBody>/s,
      );
      assert.match(await ask({ Action: 'ReceiveMessage' }), /<Message>.*<Body>a&amp;b<\/Body>/s);
      const refused = await ask({ Action: 'ReceiveMessage', MaxNumberOfMessages: '11' });
      assert.match(refused, /<ErrorResponse.*<Code>Invalid\w+Value<\/Code>/s);
      if (differs.refusals === undefined) {
        assert.match(refused, /<Type>Sender<\/Type><Code>InvalidParameterValue<\/Code>/);
      }
    });
  });
}
