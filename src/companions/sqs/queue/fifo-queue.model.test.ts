import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../../aws/service-error.ts';
import { bodies, receiveNow, TestQueues } from './queue.fixture.ts';
import type { Queue } from './queue.ts';

interface Known {
  readonly name: string;
  /** Until when it is in flight; nothing when it is not. */
  heldUntil: number | undefined;
  handle: string | undefined;
}

interface Model {
  now: number;
  /** The messages of each group in the order in which they were sent. */
  readonly groups: Map<string, Known[]>;
  /** What was sent under each deduplication id, and until when that counts. */
  readonly sent: Map<string, { readonly messageId: string; readonly until: number }>;
  names: number;
  handles: string[];
}

interface Real {
  readonly queues: TestQueues;
  readonly queue: Queue;
}

const interval = 300;

abstract class Step implements fc.Command<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract step(model: Model, real: Real): void;
  run(model: Model, real: Real): void {
    this.step(model, real);
    const all = [...model.groups.values()].flat();
    const held = all.filter(({ heldUntil }) => heldUntil !== undefined);
    const { visible, 'in-flight': inFlight } = real.queue.counts;
    assert.deepEqual({ visible, inFlight }, { visible: all.length - held.length, inFlight: held.length });
  }
}

class Send extends Step {
  readonly group: string;
  readonly deduplicationId: string;
  constructor(group: string, deduplicationId: string) {
    super();
    this.group = group;
    this.deduplicationId = deduplicationId;
  }
  step(model: Model, { queues, queue }: Real): void {
    const name = `message-${model.names}`;
    model.names += 1;
    const deduplicationId = this.deduplicationId === '' ? name : this.deduplicationId;
    const draft = queues.draft(name, { groupId: this.group, deduplicationId });
    const [sent] = queue.send([draft]);
    const before = model.sent.get(deduplicationId);
    if (before !== undefined && before.until > model.now) {
      assert.equal(sent?.messageId, before.messageId, 'a duplicate is what was sent before');
      return;
    }
    assert.equal(sent?.messageId, draft.content.id);
    model.sent.set(deduplicationId, { messageId: draft.content.id, until: model.now + interval });
    const group = model.groups.get(this.group) ?? [];
    model.groups.set(this.group, [...group, { name, heldUntil: undefined, handle: undefined }]);
  }
  override toString(): string {
    return `Send(${this.group}, ${this.deduplicationId})`;
  }
}

class Receive extends Step {
  readonly limit: number;
  readonly timeout: number;
  constructor(limit: number, timeout: number) {
    super();
    this.limit = limit;
    this.timeout = timeout;
  }
  step(model: Model, { queue }: Real): void {
    const free = [...model.groups].filter(([, group]) => group.every(({ heldUntil }) => heldUntil === undefined));
    const available = free.reduce((sum, [, group]) => sum + group.length, 0);
    const received = receiveNow(queue, { limit: this.limit, visibilityTimeout: this.timeout * 1000 });
    assert.equal(received.length, Math.min(this.limit, available), 'as many as the free groups have');
    for (const [id, group] of free) {
      const ofGroup = received.filter(({ content }) => content.groupId === id);
      assert.deepEqual(
        bodies(ofGroup),
        group.slice(0, ofGroup.length).map(({ name }) => name),
        'in order, from the front',
      );
      for (const [index, message] of ofGroup.entries()) {
        const known = group[index];
        assert.ok(known !== undefined);
        known.handle = queue.receiptHandleOf(message);
        if (this.timeout > 0) known.heldUntil = model.now + this.timeout;
        model.handles.push(known.handle);
      }
    }
  }
  override toString(): string {
    return `Receive(${this.limit}, ${this.timeout})`;
  }
}

/** With a handle that was given at some time: it must be the latest of a message in flight, or of one that is gone. */
abstract class WithHandle extends Step {
  readonly which: number;
  constructor(which: number) {
    super();
    this.which = which;
  }
  override check(model: Readonly<Model>): boolean {
    return model.handles.length > 0;
  }
  step(model: Model, { queue }: Real): void {
    const handle = model.handles[this.which % model.handles.length] ?? '';
    const held = [...model.groups.values()]
      .flat()
      .find((known) => known.handle === handle && known.heldUntil !== undefined);
    if (held !== undefined) return this.held(model, queue, handle, held);
    try {
      this.act(queue, handle);
    } catch (error) {
      assert.ok(error instanceof ServiceError && error.code === 'InvalidParameterValue');
    }
  }
  abstract act(queue: Queue, handle: string): void;
  abstract held(model: Model, queue: Queue, handle: string, known: Known): void;
}

class Delete extends WithHandle {
  act(queue: Queue, handle: string): void {
    queue.deleteMessage(handle);
  }
  held(model: Model, queue: Queue, handle: string, known: Known): void {
    this.act(queue, handle);
    for (const [id, group] of model.groups)
      model.groups.set(
        id,
        group.filter((other) => other !== known),
      );
  }
  override toString(): string {
    return `Delete(${this.which})`;
  }
}

class ChangeVisibility extends WithHandle {
  readonly timeout: number;
  constructor(which: number, timeout: number) {
    super(which);
    this.timeout = timeout;
  }
  act(queue: Queue, handle: string): void {
    queue.changeVisibility(handle, this.timeout * 1000);
  }
  held(model: Model, queue: Queue, handle: string, known: Known): void {
    this.act(queue, handle);
    known.heldUntil = this.timeout === 0 ? undefined : model.now + this.timeout;
  }
  override toString(): string {
    return `ChangeVisibility(${this.which}, ${this.timeout})`;
  }
}

class Advance extends Step {
  readonly by: number;
  constructor(by: number) {
    super();
    this.by = by;
  }
  step(model: Model, { queues }: Real): void {
    queues.advance(this.by);
    model.now += this.by;
    for (const known of [...model.groups.values()].flat()) {
      if (known.heldUntil !== undefined && known.heldUntil <= model.now) known.heldUntil = undefined;
    }
  }
  override toString(): string {
    return `Advance(${this.by})`;
  }
}

test('whatever happens, a group gives its messages in order, one receiver at a time, and each of them once', () => {
  const seconds = fc.constantFrom(0, 1, 5, 30, 100);
  const group = fc.constantFrom('red', 'green', 'blue');
  const steps = [
    fc.tuple(group, fc.constantFrom('', '', '', 'once', 'twice')).map(([id, key]) => new Send(id, key)),
    fc.tuple(fc.integer({ min: 1, max: 10 }), seconds).map(([limit, timeout]) => new Receive(limit, timeout)),
    fc.nat(30).map((which) => new Delete(which)),
    fc.tuple(fc.nat(30), seconds).map(([which, timeout]) => new ChangeVisibility(which, timeout)),
    fc.constantFrom(0.5, 1, 10, 60, 200).map((by) => new Advance(by)),
  ];
  fc.assert(
    fc.property(fc.commands(steps, { size: '+1' }), (commands) => {
      using queues = new TestQueues();
      const queue = queues.create('model.fifo', { FifoQueue: 'true' });
      const model: Model = { now: 0, groups: new Map(), sent: new Map(), names: 0, handles: [] };
      fc.modelRun(() => ({ model, real: { queues, queue } }), commands);
    }),
    { numRuns: 300 },
  );
});

test('with a dead-letter queue every message is in one of the two, and each keeps the order of a group', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('red', 'green') }),
    fc.record({ kind: fc.constant('receive' as const), limit: fc.integer({ min: 1, max: 10 }) }),
    fc.record({ kind: fc.constant('delete' as const) }),
    fc.record({ kind: fc.constant('wait' as const) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), fc.boolean(), (actions, isFifo) => {
      using queues = new TestQueues();
      const suffix = isFifo ? '.fifo' : '';
      const dead = queues.create(`dead${suffix}`);
      const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const queue = queues.create(`source${suffix}`, { RedrivePolicy: redrive, VisibilityTimeout: '10' });
      const expected = new Set<string>();
      let names = 0;
      for (const step of actions) {
        if (step.kind === 'send') {
          const name = `${step.group} ${String((names += 1)).padStart(3, '0')}`;
          expected.add(name);
          queue.send([queues.draft(name, isFifo ? { groupId: step.group, deduplicationId: name } : {})]);
        } else if (step.kind === 'receive') {
          for (const { receivesHere } of receiveNow(queue, { limit: step.limit })) assert.ok(receivesHere <= 2);
        } else if (step.kind === 'delete') {
          const [message] = receiveNow(queue, { limit: 1 });
          if (message === undefined) continue;
          queue.deleteMessage(queue.receiptHandleOf(message));
          expected.delete(message.content.body);
        } else {
          queues.advance(10);
        }
      }
      queues.advance(10);
      const left = [drained(queue), drained(dead)];
      assert.deepEqual(new Set(left.flat()), expected);
      assert.equal(left.flat().length, expected.size);
      if (!isFifo) return;
      for (const messages of left) {
        for (const group of ['red', 'green']) {
          const ofGroup = messages.filter((name) => name.startsWith(group));
          assert.deepEqual(ofGroup, ofGroup.toSorted());
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** What is in a queue, without a receive, which could move it. */
function drained(queue: Queue): readonly string[] {
  const names: string[] = [];
  for (let { next } = queue; next !== undefined; next = queue.next) {
    names.push(next.content.body);
    queue.moveOut(next);
  }
  return names;
}
