/** The message move tasks, those that run and those that have ended. */
import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Queue } from '../queue/queue.ts';
import { MoveTask } from './move-task.ts';

/** Of each queue; older ones are forgotten. Source: Amazon SQS API reference, ListMessageMoveTasks. */
const kept = 10;

export interface MoveTasksDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly find: (arn: string) => Queue | undefined;
}

export interface MoveTaskWish {
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly rate: number | undefined;
}

export class MoveTasks implements Disposable {
  readonly #deps: MoveTasksDeps;
  /** By the ARN of the source, the latest first. */
  readonly #tasks = new Map<string, readonly MoveTask[]>();

  constructor(deps: MoveTasksDeps) {
    this.#deps = deps;
  }

  /** The latest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#tasks.get(sourceArn) ?? [];
  }

  find(handle: string): MoveTask | undefined {
    for (const tasks of this.#tasks.values()) {
      const task = tasks.find((each) => each.handle === handle);
      if (task !== undefined) return task;
    }
    return undefined;
  }

  start(wish: MoveTaskWish): MoveTask {
    const { clock, random, find } = this.#deps;
    const handle = Buffer.from(JSON.stringify({ taskId: random.uuid(), sourceArn: wish.sourceArn })).toString('base64');
    const task = new MoveTask({ ...wish, clock, handle, find });
    this.#tasks.set(wish.sourceArn, [task, ...this.of(wish.sourceArn)].slice(0, kept));
    return task;
  }

  [Symbol.dispose](): void {
    for (const task of [...this.#tasks.values()].flat()) task[Symbol.dispose]();
    this.#tasks.clear();
  }
}
