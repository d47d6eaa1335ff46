/** All queues, by account, region and name. */
import type { Scope } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/random.ts';
import { queueDoesNotExist } from '../sqs-error.ts';
import { Queue } from './queue.ts';
import type { QueueAttributes } from './queue-attributes.ts';
import { addressOfArn, isFifoName, type QueueAddress, queueArn } from './queue-name.ts';
import { readQueueUrl } from './queue-urls.ts';

export interface QueueDirectoryDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** How long the name of a queue that was deleted cannot be used again, in milliseconds. AWS: 60 seconds. */
  readonly nameRest: number;
}

export class QueueDirectory implements Disposable {
  readonly #deps: QueueDirectoryDeps;
  /** By ARN. */
  readonly #queues = new Map<string, Queue>();
  readonly #deletedAt = new Map<string, number>();

  constructor(deps: QueueDirectoryDeps) {
    this.#deps = deps;
  }

  find(address: QueueAddress): Queue | undefined {
    return this.#queues.get(queueArn(address));
  }

  findByArn(arn: string): Queue | undefined {
    return this.#queues.get(arn);
  }

  /** @throws ServiceError QueueDoesNotExist, InvalidAddress */
  require(queueUrl: string, caller: Scope): Queue {
    const queue = this.find(readQueueUrl(queueUrl, caller));
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  }

  /** The queues of an account in a region, by name. */
  list(scope: Scope): readonly Queue[] {
    return [...this.#queues.values()]
      .filter((queue) => queue.scope.account === scope.account && queue.scope.region === scope.region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The queues whose messages go to this one when they cannot be processed, by name. */
  sourcesOf(deadLetterArn: string): readonly Queue[] {
    const address = addressOfArn(deadLetterArn);
    if (address === undefined) return [];
    return this.list(address.scope).filter(({ settings }) => settings.redrive?.target === deadLetterArn);
  }

  /** @throws ServiceError QueueDeletedRecently */
  create(address: QueueAddress, attributes: QueueAttributes): Queue {
    const { clock, random, nameRest } = this.#deps;
    const arn = queueArn(address);
    const deletedAt = this.#deletedAt.get(arn);
    if (deletedAt !== undefined && deletedAt + nameRest > clock.now()) {
      const text = `You must wait ${nameRest / 1000} seconds after deleting a queue before you can create another with the same name.`;
      throw new ServiceError('QueueDeletedRecently', text);
    }
    this.#deletedAt.delete(arn);
    const queue = new Queue({
      ...address,
      arn,
      isFifo: isFifoName(address.name),
      tag: random.hex(6),
      attributes,
      clock,
      find: (other) => this.#queues.get(other),
    });
    this.#queues.set(arn, queue);
    return queue;
  }

  delete(queue: Queue): void {
    this.#queues.delete(queue.arn);
    if (this.#deps.nameRest > 0) this.#deletedAt.set(queue.arn, this.#deps.clock.now());
    queue.delete();
  }

  [Symbol.dispose](): void {
    for (const queue of this.#queues.values()) queue[Symbol.dispose]();
    this.#queues.clear();
  }
}
