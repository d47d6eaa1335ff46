import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../../../kernel/random.ts';
import { InvalidTransition, StateMachine } from '../../../kernel/state-machine.ts';
import { bodies, receiveNow, TestQueues } from '../queue/queue.fixture.ts';
import type { Queue } from '../queue/queue.ts';
import { type MoveTaskStatus, moveTaskTransitions } from './move-task.ts';
import { MoveTasks } from './move-tasks.ts';

const tasksOf = ({ clock, directory }: TestQueues) =>
  new MoveTasks({ clock, random: systemRandom, find: (arn) => directory.findByArn(arn) });

/** A queue whose messages are all in its dead-letter queue by now. */
function deadLettered(queues: TestQueues, name: string, dead: Queue, ...messages: readonly string[]): Queue {
  const policy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const queue = queues.create(name, { RedrivePolicy: policy });
  queues.send(queue, ...messages);
  receiveNow(queue, { visibilityTimeout: 0 });
  receiveNow(queue);
  return queue;
}

test("every change of a task's state is in its table, and all others are refused", () => {
  const states = Object.keys(moveTaskTransitions) as MoveTaskStatus[];
  for (const from of states) {
    for (const to of states) {
      const machine = new StateMachine('task', moveTaskTransitions, from);
      if (moveTaskTransitions[from].includes(to)) machine.transition(to);
      else assert.throws(() => machine.transition(to), InvalidTransition);
    }
  }
});

test('each message goes back to the queue that it came from', () => {
  using queues = new TestQueues();
  using tasks = tasksOf(queues);
  const dead = queues.create('dead');
  const [one, other] = [deadLettered(queues, 'one', dead, 'a', 'b'), deadLettered(queues, 'other', dead, 'c')];
  assert.equal(dead.counts.visible, 3);
  const task = tasks.start({ sourceArn: dead.arn, destinationArn: undefined, rate: undefined });
  assert.deepEqual([task.status, task.moved, task.toMove], ['RUNNING', 0, 3]);
  queues.advance(0);
  assert.deepEqual([task.status, task.moved], ['COMPLETED', 3]);
  assert.deepEqual([bodies(receiveNow(one)), bodies(receiveNow(other))], [['a', 'b'], ['c']]);
});

test('a task with a rate moves one message after the other, until it is cancelled', () => {
  using queues = new TestQueues();
  using tasks = tasksOf(queues);
  const dead = queues.create('dead');
  const target = queues.create('target');
  deadLettered(queues, 'source', dead, 'a', 'b', 'c');
  const task = tasks.start({ sourceArn: dead.arn, destinationArn: target.arn, rate: 2 });
  queues.advance(1);
  assert.equal(task.moved, 2);
  task.cancel();
  assert.equal(task.status, 'CANCELLING');
  queues.advance(1);
  assert.deepEqual([task.status, task.moved, dead.counts.visible, target.counts.visible], ['CANCELLED', 2, 1, 2]);
});

test('a message whose origin is unknown or gone stays, and the task says why it failed', () => {
  using queues = new TestQueues();
  using tasks = tasksOf(queues);
  const dead = queues.create('dead');
  const source = deadLettered(queues, 'source', dead, 'a');
  queues.directory.delete(source);
  const gone = tasks.start({ sourceArn: dead.arn, destinationArn: undefined, rate: undefined });
  queues.advance(0);
  assert.deepEqual([gone.status, gone.failure], ['FAILED', 'AWS.SimpleQueueService.NonExistentQueue']);
  dead.purge();
  queues.send(dead, 'sent here');
  const unknown = tasks.start({ sourceArn: dead.arn, destinationArn: undefined, rate: undefined });
  queues.advance(0);
  assert.deepEqual([unknown.status, unknown.failure], ['FAILED', 'CouldNotDetermineMessageSource']);
  assert.equal(dead.counts.visible, 1);
});

test('ten tasks of a queue are remembered, and none waits after disposal', () => {
  using queues = new TestQueues();
  const tasks = tasksOf(queues);
  const { arn: sourceArn } = queues.create('empty');
  const handles = Array.from(
    { length: 12 },
    () => tasks.start({ sourceArn, destinationArn: undefined, rate: 1 }).handle,
  );
  assert.deepEqual(
    tasks.of(sourceArn).map(({ handle }) => handle),
    handles.toReversed().slice(0, 10),
  );
  queues.advance(5);
  tasks[Symbol.dispose]();
  assert.equal(queues.clock.waiting, 0);
});
