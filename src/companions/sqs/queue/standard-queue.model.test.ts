import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../../aws/service-error.ts';
import { bodies, receiveNow, TestQueues } from './queue.fixture.ts';
import type { Queue } from './queue.ts';

/** A message in the simplest words: when it can be received. */
interface Known {
  readonly name: string;
  readonly sentAt: number;
  visibleAt: number;
  isReceived: boolean;
  handle: string | undefined;
}

interface Model {
  now: number;
  messages: Known[];
  names: number;
  /** All handles that were ever given, the current ones too. */
  handles: { readonly handle: string; readonly name: string }[];
}

interface Real {
  readonly queues: TestQueues;
  readonly queue: Queue;
}

const retention = 3600;

abstract class Step implements fc.Command<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract step(model: Model, real: Real): void;
  run(model: Model, real: Real): void {
    this.step(model, real);
    const isVisible = ({ visibleAt }: Known): boolean => visibleAt <= model.now;
    assert.deepEqual(
      { ...real.queue.counts, gone: 0 },
      {
        visible: model.messages.filter(isVisible).length,
        'in-flight': model.messages.filter((message) => !isVisible(message) && message.isReceived).length,
        delayed: model.messages.filter((message) => !isVisible(message) && !message.isReceived).length,
        gone: 0,
      },
    );
  }
}

class Send extends Step {
  readonly delay: number;
  constructor(delay: number) {
    super();
    this.delay = delay;
  }
  step(model: Model, { queues, queue }: Real): void {
    const name = `message-${model.names}`;
    model.names += 1;
    queue.send([queues.draft(name, { delay: this.delay * 1000 })]);
    const visibleAt = model.now + this.delay;
    model.messages.push({ name, sentAt: model.now, visibleAt, isReceived: false, handle: undefined });
  }
  override toString(): string {
    return `Send(${this.delay})`;
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
    const visible = model.messages.filter(({ visibleAt }) => visibleAt <= model.now);
    const received = receiveNow(queue, { limit: this.limit, visibilityTimeout: this.timeout * 1000 });
    assert.equal(received.length, Math.min(this.limit, visible.length), 'as many as there are');
    for (const message of received) {
      const known = visible.find(({ name }) => name === message.content.body);
      assert.ok(known !== undefined, `${message.content.body} can be received`);
      visible.splice(visible.indexOf(known), 1);
      const handle = queue.receiptHandleOf(message);
      assert.ok(!model.handles.some((given) => given.handle === handle), 'a handle of its own');
      Object.assign(known, { handle, isReceived: true, visibleAt: model.now + this.timeout });
      model.handles.push({ handle, name: known.name });
    }
  }
  override toString(): string {
    return `Receive(${this.limit}, ${this.timeout})`;
  }
}

class Delete extends Step {
  readonly which: number;
  constructor(which: number) {
    super();
    this.which = which;
  }
  override check(model: Readonly<Model>): boolean {
    return model.handles.length > 0;
  }
  step(model: Model, { queue }: Real): void {
    const { handle = '' } = model.handles[this.which % model.handles.length] ?? {};
    queue.deleteMessage(handle);
    // An older handle of a message deletes nothing.
    model.messages = model.messages.filter((message) => message.handle !== handle);
  }
  override toString(): string {
    return `Delete(${this.which})`;
  }
}

class ChangeVisibility extends Step {
  readonly which: number;
  readonly timeout: number;
  constructor(which: number, timeout: number) {
    super();
    this.which = which;
    this.timeout = timeout;
  }
  override check(model: Readonly<Model>): boolean {
    return model.handles.length > 0;
  }
  step(model: Model, { queue }: Real): void {
    const { handle = '' } = model.handles[this.which % model.handles.length] ?? {};
    const known = model.messages.find((message) => message.handle === handle);
    const change = (): void => queue.changeVisibility(handle, this.timeout * 1000);
    if (known === undefined) {
      assert.throws(change, (error) => error instanceof ServiceError && error.code === 'InvalidParameterValue');
      return;
    }
    change();
    // One that is visible again stays so.
    if (known.visibleAt > model.now) known.visibleAt = model.now + this.timeout;
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
    model.messages = model.messages.filter(({ sentAt }) => sentAt + retention > model.now);
  }
  override toString(): string {
    return `Advance(${this.by})`;
  }
}

class Purge extends Step {
  step(model: Model, { queue }: Real): void {
    queue.purge();
    model.messages = [];
  }
  override toString(): string {
    return 'Purge';
  }
}

test('whatever is sent, received, deleted, hidden and waited for: nothing is lost, and nothing received twice while it is invisible', () => {
  const seconds = fc.constantFrom(0, 1, 5, 30, 100);
  const steps = [
    fc.constantFrom(0, 0, 0, 10).map((delay) => new Send(delay)),
    fc.tuple(fc.integer({ min: 1, max: 10 }), seconds).map(([limit, timeout]) => new Receive(limit, timeout)),
    fc.nat(30).map((which) => new Delete(which)),
    fc.tuple(fc.nat(30), seconds).map(([which, timeout]) => new ChangeVisibility(which, timeout)),
    fc.constantFrom(0.5, 1, 10, 60, 1000).map((by) => new Advance(by)),
    fc.constant(new Purge()),
  ];
  fc.assert(
    fc.property(fc.commands(steps, { size: '+1' }), (commands) => {
      using queues = new TestQueues();
      const queue = queues.create('model', { MessageRetentionPeriod: String(retention) });
      fc.modelRun(
        () => ({ model: { now: 0, messages: [], names: 0, handles: [] }, real: { queues, queue } }),
        commands,
      );
      queues.directory.delete(queue);
      assert.equal(queues.clock.waiting, 0);
    }),
    { numRuns: 300 },
  );
});

test('messages that nobody holds come in the order in which they were sent', () => {
  using queues = new TestQueues();
  const queue = queues.create('ordered');
  queues.send(queue, 'a', 'b', 'c');
  assert.deepEqual(bodies(receiveNow(queue, { limit: 2 })), ['a', 'b']);
  queues.send(queue, 'd');
  assert.deepEqual(bodies(receiveNow(queue)), ['c', 'd']);
});
