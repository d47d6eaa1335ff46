/** Takes the events of a bus to the targets of the rules that they fit. */
import type { Logger } from '../../../kernel/logger.ts';
import type { BusEvent } from '../bus-event.ts';
import type { EventBus, Rule, Target } from './event-bus.ts';

/** Delivers in the background: returns at once. */
export type DeliverToTarget = (rule: Rule, target: Target, event: BusEvent) => void;

export class EventRouter {
  readonly #deliver: DeliverToTarget;
  readonly #logger: Logger;

  constructor(deliver: DeliverToTarget, logger: Logger) {
    this.#deliver = deliver;
    this.#logger = logger;
  }

  route(bus: EventBus, event: BusEvent): void {
    for (const rule of bus.rules.values()) {
      if (rule.state !== 'DISABLED' && rule.settings.pattern?.fits(event.value) === true) this.send(rule, event);
    }
  }

  /** To all targets of a rule. */
  send(rule: Rule, event: BusEvent): void {
    this.#logger.debug('an event fits a rule', { rule: rule.arn, event: event.id, targets: rule.targets.size });
    for (const target of rule.targets.values()) this.#deliver(rule, target, event);
  }
}
