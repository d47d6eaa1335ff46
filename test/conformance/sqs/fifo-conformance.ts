/** What FIFO queues add to `sqs-conformance.ts`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownDifferences } from './known-differences.ts';
import { bodies, type QueueOfPeer } from './queue-of-peer.ts';

type CreateFifo = (name: string, attributes?: Record<string, string>) => Promise<QueueOfPeer>;

export function fifoConformance(createFifo: CreateFifo, differs: KnownDifferences): void {
  test('a FIFO queue gives several messages of one group in one receive, in their order', async () => {
    const queue = await createFifo('order', { ContentBasedDeduplication: 'true' });
    for (const body of ['1', '2', '3', '4']) {
      const { SequenceNumber } = await queue.send(body, { MessageGroupId: 'red' });
      if (differs.sequenceNumber === undefined) assert.match(SequenceNumber ?? '', /^\d{20}$/);
    }
    assert.deepEqual(bodies(await queue.receive({ MaxNumberOfMessages: 3 })), ['1', '2', '3']);
  });

  test('a group is locked while any of its messages is in flight; others are not', async () => {
    const queue = await createFifo('locks', { ContentBasedDeduplication: 'true' });
    for (const body of ['r1', 'r2']) await queue.send(body, { MessageGroupId: 'red' });
    const [first] = await queue.receive({ MaxNumberOfMessages: 1 });
    assert.equal(first?.Body, 'r1');
    await queue.send('b1', { MessageGroupId: 'blue' });
    assert.deepEqual(bodies(await queue.receive()), ['b1']);
    assert.deepEqual(await queue.receive(), []);
    await queue.hide(first, 0);
    assert.deepEqual(bodies(await queue.receive({ MaxNumberOfMessages: 1 })), ['r1']);
  });

  test('a message sent twice to a FIFO queue is there once', async () => {
    const queue = await createFifo('twice');
    const ids = { MessageGroupId: 'red', MessageDeduplicationId: 'key' };
    const [first, second] = [await queue.send('a', ids), await queue.send('b', ids)];
    assert.equal(second.MessageId, first.MessageId);
    const [message] = await queue.receive();
    assert.equal(message?.Body, 'a');
    assert.ok(message !== undefined);
    await queue.delete(message);
    await queue.send('c', ids);
    assert.deepEqual(await queue.receive(), []);
  });

  test('a FIFO queue wants a group and a deduplication id', async () => {
    const queue = await createFifo('wants');
    await assert.rejects(queue.send('a', { MessageDeduplicationId: 'x' }), { name: 'MissingParameter' });
    await assert.rejects(queue.send('a', { MessageGroupId: 'x' }), { name: 'InvalidParameterValue' });
  });

  test('a receive that is asked again gives the same messages', async () => {
    const queue = await createFifo('again', { ContentBasedDeduplication: 'true' });
    await queue.send('a', { MessageGroupId: 'red' });
    const first = await queue.receive({ ReceiveRequestAttemptId: 'one' });
    const again = await queue.receive({ ReceiveRequestAttemptId: 'one' });
    assert.deepEqual(bodies(again), ['a']);
    assert.equal(again[0]?.MessageId, first[0]?.MessageId);
  });
}
