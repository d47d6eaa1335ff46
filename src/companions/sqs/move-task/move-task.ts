/** Moves the messages of a dead-letter queue elsewhere, as fast as it may. */
import type { Clock, Timer } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { StateMachine, type TransitionTable } from '../../../kernel/state-machine.ts';
import type { Message } from '../message/message.ts';
import type { Queue } from '../queue/queue.ts';

/** As AWS names them. */
export type MoveTaskStatus = 'RUNNING' | 'CANCELLING' | 'CANCELLED' | 'COMPLETED' | 'FAILED';

export const moveTaskTransitions: TransitionTable<MoveTaskStatus> = {
  RUNNING: ['CANCELLING', 'COMPLETED', 'FAILED'],
  CANCELLING: ['CANCELLED'],
  CANCELLED: [],
  COMPLETED: [],
  FAILED: [],
};

/** Messages in one go, where no rate is set. */
const bulk = 500;

export interface MoveTaskDeps {
  readonly clock: Clock;
  readonly handle: string;
  readonly sourceArn: string;
  /** Absent: each message goes back to the queue that it came from. */
  readonly destinationArn: string | undefined;
  /** Messages per second; absent, as fast as it goes. */
  readonly rate: number | undefined;
  /** The queue of an ARN, while there is one. */
  readonly find: (arn: string) => Queue | undefined;
}

export class MoveTask implements Disposable {
  readonly startedAt: number;
  /** Messages that were there when it began. */
  readonly toMove: number;
  readonly #deps: MoveTaskDeps;
  readonly #machine = new StateMachine<MoveTaskStatus>('message move task', moveTaskTransitions, 'RUNNING');
  readonly #timer: Timer;
  #moved = 0;
  #failure: string | undefined;

  constructor(deps: MoveTaskDeps) {
    this.#deps = deps;
    const { clock, rate, find, sourceArn } = deps;
    this.startedAt = clock.now();
    this.toMove = find(sourceArn)?.counts.visible ?? 0;
    this.#timer = clock.timer(milliseconds(rate === undefined ? 0 : 1000 / rate), () => this.#step());
  }

  get handle(): string {
    return this.#deps.handle;
  }

  get sourceArn(): string {
    return this.#deps.sourceArn;
  }

  get destinationArn(): string | undefined {
    return this.#deps.destinationArn;
  }

  get rate(): number | undefined {
    return this.#deps.rate;
  }

  get status(): MoveTaskStatus {
    return this.#machine.state;
  }

  get moved(): number {
    return this.#moved;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** Takes effect before the next message. */
  cancel(): void {
    this.#machine.transition('CANCELLING');
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #step(): void {
    const { status } = this;
    if (status === 'CANCELLING') return this.#machine.transition('CANCELLED');
    if (status !== 'RUNNING') return;
    const { find, sourceArn, rate } = this.#deps;
    const source = find(sourceArn);
    for (let left = rate === undefined ? bulk : 1; left > 0; left -= 1) {
      const message = source?.next;
      if (source === undefined || message === undefined) return this.#machine.transition('COMPLETED');
      const destination = this.#destinationOf(message);
      if (destination === undefined) return this.#fail(message);
      source.moveOut(message);
      destination.moveIn(message, undefined);
      this.#moved += 1;
    }
    this.#timer.restart();
  }

  /** The message stays where it is. */
  #fail({ deadLetterSource }: Message): void {
    const isFromNowhere = this.#deps.destinationArn === undefined && deadLetterSource === undefined;
    this.#failure = isFromNowhere ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue';
    this.#machine.transition('FAILED');
  }

  #destinationOf({ deadLetterSource }: Message): Queue | undefined {
    const arn = this.#deps.destinationArn ?? deadLetterSource;
    return arn === undefined ? undefined : this.#deps.find(arn);
  }
}
