import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../aws/service-error.ts';
import { bodies, receiveNow, TestQueues } from './queue.fixture.ts';
import { inFlightLimit, type Queue } from './queue.ts';

const waits = (queue: Queue, seconds: number, signal = new AbortController().signal) =>
  Promise.resolve(queue.receive({ limit: 10, wait: seconds * 1000, signal }));

const isError = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof ServiceError && error.code === code && message.test(error.message);

test('a receive that waits gets all messages of a batch as soon as they arrive', async () => {
  using queues = new TestQueues();
  const queue = queues.create('waiting');
  const received = waits(queue, 20);
  queues.send(queue, 'a', 'b');
  assert.deepEqual(bodies(await received), ['a', 'b']);
});

test('receives that wait are served in their order, and one whose time is over gets nothing', async () => {
  using queues = new TestQueues();
  const queue = queues.create('waiting');
  const early = waits(queue, 1);
  const [first, second] = [waits(queue, 20), waits(queue, 20)];
  queues.advance(1);
  assert.deepEqual(await early, []);
  queues.send(queue, 'a');
  queues.send(queue, 'b');
  assert.deepEqual([bodies(await first), bodies(await second)], [['a'], ['b']]);
});

test('a client that goes away while it waits takes no message with it', async () => {
  using queues = new TestQueues();
  const queue = queues.create('left');
  const gone = new AbortController();
  const received = waits(queue, 20, gone.signal);
  gone.abort();
  queues.send(queue, 'a');
  assert.deepEqual(await received, []);
  assert.deepEqual(bodies(receiveNow(queue)), ['a']);
});

test('the ends of a delay, of a visibility time-out and of a group lock wake whoever waits', async () => {
  using queues = new TestQueues();
  const queue = queues.create('woken.fifo', { FifoQueue: 'true', DelaySeconds: '5', VisibilityTimeout: '3' });
  queues.sendTo(queue, 'red', 'a');
  const delayed = waits(queue, 20);
  queues.advance(5);
  const [message] = await delayed;
  assert.equal(message?.content.body, 'a');
  const hidden = waits(queue, 20);
  queues.advance(3);
  const [again] = await hidden;
  assert.ok(again !== undefined);
  assert.equal(again.receiveCount, 2);
  queues.sendTo(queue, 'red', 'b');
  queues.advance(1);
  const locked = waits(queue, 20);
  queue.deleteMessage(queue.receiptHandleOf(again));
  queues.advance(4);
  assert.deepEqual(bodies(await locked), ['b']);
});

test('whoever waits at a queue that is deleted is told so', async () => {
  using queues = new TestQueues();
  const queue = queues.create('deleted');
  const received = waits(queue, 20);
  queues.directory.delete(queue);
  await assert.rejects(received, isError('QueueDoesNotExist', /does not exist/));
  assert.equal(queues.clock.waiting, 0);
});

test('however many messages there are, one timer waits for them', () => {
  using queues = new TestQueues();
  const queue = queues.create('timers');
  for (let n = 0; n < 1000; n += 1) queue.send([queues.draft(`${n}`, { delay: 1000 + n })]);
  receiveNow(queue);
  assert.equal(queues.clock.waiting, 1);
});

test('a message is gone when its retention is over, also while it is in flight, and when retention was shortened', () => {
  using queues = new TestQueues();
  const queue = queues.create('kept', { MessageRetentionPeriod: '100' });
  queues.send(queue, 'a', 'b');
  receiveNow(queue, { limit: 1, visibilityTimeout: 1_000_000 });
  queues.advance(99);
  assert.deepEqual([queue.counts.visible, queue.counts['in-flight']], [1, 1]);
  queue.change({ ...queue.attributes, MessageRetentionPeriod: '60' });
  assert.deepEqual([queue.counts.visible, queue.counts['in-flight']], [0, 0]);
});

test('a group with several messages in flight gives nothing until all of them are back or deleted', () => {
  using queues = new TestQueues();
  const queue = queues.create('groups.fifo', { FifoQueue: 'true' });
  queues.sendTo(queue, 'red', 'r1', 'r2', 'r3', 'r4');
  queues.sendTo(queue, 'blue', 'b1');
  const batch = receiveNow(queue, { limit: 3 });
  assert.deepEqual(bodies(batch), ['r1', 'r2', 'r3']);
  assert.deepEqual(bodies(receiveNow(queue)), ['b1']);
  const [r1, r2, r3] = batch.map((message) => queue.receiptHandleOf(message));
  assert.ok(r1 !== undefined && r2 !== undefined && r3 !== undefined);
  queue.deleteMessage(r1);
  queue.changeVisibility(r3, 0);
  assert.deepEqual(bodies(receiveNow(queue)), []);
  queue.changeVisibility(r2, 0);
  assert.deepEqual(bodies(receiveNow(queue)), ['r2', 'r3', 'r4']);
});

test('a message that was received too often moves to the dead-letter queue, and those behind it go on in order', () => {
  using queues = new TestQueues();
  const dead = queues.create('dead.fifo', { FifoQueue: 'true' });
  const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const queue = queues.create('source.fifo', { FifoQueue: 'true', RedrivePolicy: redrive, VisibilityTimeout: '10' });
  queues.sendTo(queue, 'red', 'bad', 'good');
  for (let n = 0; n < 2; n += 1) {
    assert.deepEqual(bodies(receiveNow(queue, { limit: 1 })), ['bad']);
    queues.advance(10);
  }
  assert.deepEqual(bodies(receiveNow(queue)), ['good']);
  const [moved] = receiveNow(dead);
  assert.deepEqual([moved?.content.body, moved?.content.groupId, moved?.receiveCount], ['bad', 'red', 3]);
  assert.equal(moved?.deadLetterSource, queue.arn);
});

test('two queues that are each the dead-letter queue of the other pass a message on, once per receive', () => {
  using queues = new TestQueues();
  const policy = (name: string) =>
    JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${name}`, maxReceiveCount: 1 });
  const [one, other] = [
    queues.create('one', { RedrivePolicy: policy('other') }),
    queues.create('other', { RedrivePolicy: policy('one') }),
  ];
  queues.send(one, 'a');
  for (const queue of [one, other, one]) {
    assert.deepEqual(bodies(receiveNow(queue, { visibilityTimeout: 0 })), ['a']);
    assert.deepEqual(bodies(receiveNow(queue)), []);
  }
});

test('deduplication holds for five minutes, after a deletion too, for the queue or for each group', () => {
  using queues = new TestQueues();
  for (const [scope, isDuplicate] of [
    ['queue', true],
    ['messageGroup', false],
  ] as const) {
    const queue = queues.create(`${scope}.fifo`, { FifoQueue: 'true', DeduplicationScope: scope });
    const send = (groupId: string) => queue.send([queues.draft('x', { groupId, deduplicationId: 'key' })])[0];
    const first = send('red');
    const [message] = receiveNow(queue);
    assert.ok(message !== undefined);
    queue.deleteMessage(queue.receiptHandleOf(message));
    assert.equal(send('red')?.messageId, first?.messageId);
    assert.equal(send('blue')?.messageId === first?.messageId, isDuplicate);
    queues.advance(301);
    assert.notEqual(send('red')?.messageId, first?.messageId);
  }
});

test('a receive that is asked again gives the same messages and counts their time-out anew', () => {
  using queues = new TestQueues();
  const queue = queues.create('again.fifo', { FifoQueue: 'true', VisibilityTimeout: '30' });
  queues.sendTo(queue, 'red', 'a', 'b');
  const first = receiveNow(queue, { attemptId: 'one' });
  const handles = first.map((message) => queue.receiptHandleOf(message));
  queues.advance(20);
  const again = receiveNow(queue, { attemptId: 'one' });
  assert.deepEqual(
    again.map((message) => queue.receiptHandleOf(message)),
    handles,
  );
  queues.advance(20);
  assert.deepEqual(receiveNow(queue), []);
  const [handle = ''] = handles;
  queue.deleteMessage(handle);
  assert.deepEqual(receiveNow(queue, { attemptId: 'one' }), []);
  queues.advance(10);
  assert.deepEqual(bodies(receiveNow(queue, { attemptId: 'one' })), ['b']);
});

test('a handle of a FIFO queue expires with its time-out', () => {
  using queues = new TestQueues();
  const queue = queues.create('expired.fifo', { FifoQueue: 'true', VisibilityTimeout: '1' });
  queues.sendTo(queue, 'red', 'a');
  const [message] = receiveNow(queue);
  assert.ok(message !== undefined);
  const handle = queue.receiptHandleOf(message);
  queues.advance(1);
  const expired = isError('InvalidParameterValue', /Reason: The receipt handle has expired\.$/);
  assert.throws(() => queue.deleteMessage(handle), expired);
  assert.throws(() => queue.changeVisibility(handle, 1000), expired);
  assert.equal(queue.counts.visible, 1);
});

test('a visibility time-out ends twelve hours after the receive at the latest', () => {
  using queues = new TestQueues();
  const queue = queues.create('long');
  queues.send(queue, 'a');
  const [message] = receiveNow(queue);
  assert.ok(message !== undefined);
  queues.advance(1);
  const handle = queue.receiptHandleOf(message);
  assert.throws(
    () => queue.changeVisibility(handle, 43_200_000),
    isError('InvalidParameterValue', /^Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total Visib/),
  );
  queue.changeVisibility(handle, 43_199_000);
});

test('handles of other queues and garbage are refused', () => {
  using queues = new TestQueues();
  const [queue, other] = [queues.create('one'), queues.create('other')];
  queues.send(other, 'a');
  const [message] = receiveNow(other);
  assert.ok(message !== undefined);
  for (const handle of [other.receiptHandleOf(message), 'garbage', '', '\u0000', 'a'.repeat(100_000)]) {
    assert.throws(
      () => queue.deleteMessage(handle),
      isError('ReceiptHandleIsInvalid', /is not a valid receipt handle\.$/),
    );
  }
});

test('a standard queue with too many messages in flight refuses a short poll, and gives again when one is deleted', async () => {
  using queues = new TestQueues();
  const queue = queues.create('full');
  const drafts = Array.from({ length: inFlightLimit + 1 }, (_, n) => queues.draft(`${n}`));
  queue.send(drafts);
  const held = receiveNow(queue, { limit: inFlightLimit });
  assert.equal(held.length, inFlightLimit);
  assert.throws(() => receiveNow(queue), isError('OverLimit', /120000/));
  const received = waits(queue, 20);
  const [first] = held;
  assert.ok(first !== undefined);
  queue.deleteMessage(queue.receiptHandleOf(first));
  assert.deepEqual(bodies(await received), [`${inFlightLimit}`]);
});

test('a changed delay holds for the messages that a FIFO queue has, and for new ones alone in a standard queue', () => {
  using queues = new TestQueues();
  const fifo = queues.create('delay.fifo', { FifoQueue: 'true', DelaySeconds: '100' });
  const standard = queues.create('delay', { DelaySeconds: '100' });
  queues.sendTo(fifo, 'red', 'a');
  queues.send(standard, 'a');
  queues.advance(10);
  for (const queue of [fifo, standard]) queue.change({ ...queue.attributes, DelaySeconds: '5' });
  assert.deepEqual([bodies(receiveNow(fifo)), bodies(receiveNow(standard))], [['a'], []]);
});
