/** Delivers events to targets in the background, with the retries that a target asks for, then to its dead-letter queue. */
import type { Clock } from '../../../kernel/clock.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import type { Random } from '../../../kernel/random.ts';
import { DeliveryLines, type FailedDelivery, Undeliverable } from '../../delivery-lines.ts';
import type { QueueSender } from '../../queue-sender.ts';
import type { Rule, Target } from '../bus/event-bus.ts';
import type { BusEvent } from '../bus-event.ts';
import { failureCode, targetFailure } from './target-failure.ts';
import type { TargetSender } from './target-sender.ts';

export interface TargetDeliveriesDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly queues: QueueSender;
  readonly sender: TargetSender;
}

/** Source: EventBridge user guide, "How EventBridge retries delivering events": 24 hours, 185 times. */
const defaultPolicy = { attempts: 185, ageInSeconds: 86_400 };

const firstDelay = 1000;
/** 185 attempts take about a day. */
const longestDelay = 8 * 60 * 1000;

const mostRetries = ({ RetryPolicy }: Target): number => RetryPolicy?.MaximumRetryAttempts ?? defaultPolicy.attempts;

export class TargetDeliveries implements AsyncDisposable {
  readonly #deps: TargetDeliveriesDeps;
  readonly #lines: DeliveryLines;

  constructor(deps: TargetDeliveriesDeps) {
    this.#deps = deps;
    this.#lines = new DeliveryLines(deps.clock);
  }

  /** Returns at once. First attempts are made in the order of the events; one that fails holds no other up. */
  deliver(rule: Rule, target: Target, event: BusEvent): void {
    const attempt = async (signal: AbortSignal): Promise<void> => {
      try {
        await this.#deps.sender.send(rule, target, event, signal);
      } catch (error) {
        throw targetFailure(error);
      }
    };
    this.#lines.add(`${rule.arn} ${target.Id}`, async () => {
      const failed = await this.#lines.attempt(attempt, () => undefined);
      if (failed === undefined) return;
      if (!(failed.error instanceof Undeliverable)) {
        // The attempts may go on for a day: whoever waits for the event wants to know why it does not come.
        const { error } = failed;
        this.#deps.logger.warn('a target did not take an event; it is tried again', {
          rule: rule.arn,
          target: target.Arn,
          error,
        });
      }
      this.#lines.run(async () => {
        const last = await this.#lines.attempt(attempt, (attempts) => this.#delay(target, event, attempts), failed);
        if (last !== undefined) await this.#giveUp(rule, target, event, last);
      });
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lines[Symbol.asyncDispose]();
  }

  /** Twice as long each time, with some chance in it; nothing when the policy allows no other attempt. */
  #delay(target: Target, event: BusEvent, attempts: number): Milliseconds | undefined {
    const full = Math.min(firstDelay * 2 ** (attempts - 1), longestDelay);
    const delay = milliseconds(full * (0.5 + this.#deps.random.fraction() / 2));
    const oldest = (target.RetryPolicy?.MaximumEventAgeInSeconds ?? defaultPolicy.ageInSeconds) * 1000;
    const age = this.#deps.clock.now() + delay - event.received;
    return attempts > mostRetries(target) || age > oldest ? undefined : delay;
  }

  async #giveUp(rule: Rule, target: Target, event: BusEvent, { error, attempts }: FailedDelivery): Promise<void> {
    const { logger, queues } = this.#deps;
    const queueArn = target.DeadLetterConfig?.Arn;
    logger.warn('an event could not be delivered to a target', { rule: rule.arn, target: target.Arn, error });
    if (queueArn === undefined) return;
    const exhausted = attempts > mostRetries(target) ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
    const attributes = {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: failureCode(error),
      ERROR_MESSAGE: error instanceof Error && error.message !== '' ? error.message : String(error),
      RETRY_ATTEMPTS: String(attempts - 1),
      ...(error instanceof Undeliverable ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
    };
    const typed = Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
    try {
      await queues.send(queueArn, { body: event.text, attributes: Object.fromEntries(typed) });
    } catch (lost) {
      logger.error('an event was lost: the dead-letter queue of its target does not take it', {
        queueArn,
        error: lost,
      });
    }
  }
}
