/** The buses of every account and region; each has the one called default. */
import { formatArn, parseArn } from '../../../aws/arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import { ScopedMap } from '../../../aws/scoped-map.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { dateOf } from '../../../kernel/timestamp.ts';
import { busNotFound, ruleNotFound } from '../events-faults.ts';
import { defaultBus, type EventBus, type Rule, type RuleSettings, type RuleState } from './event-bus.ts';

export class BusStore {
  readonly #clock: Clock;
  /** By name. */
  readonly #buses = new ScopedMap<Map<string, EventBus>>(() => new Map());

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return dateOf(this.#clock.now());
  }

  /** By name. */
  all(scope: Scope): readonly EventBus[] {
    return [...this.#in(scope).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @param nameOrArn an ARN may be of another account or region */
  find(scope: Scope, nameOrArn: string = defaultBus): EventBus | undefined {
    return nameOrArn.startsWith('arn:') ? this.findByArn(nameOrArn) : this.#in(scope).get(nameOrArn);
  }

  findByArn(busArn: string): EventBus | undefined {
    const arn = parseArn(busArn);
    if (arn?.service !== 'events' || !arn.resource.startsWith('event-bus/')) return undefined;
    const owner = scopeOf(accountId(arn.account), region(arn.region));
    return this.#in(owner).get(arn.resource.slice('event-bus/'.length));
  }

  /** @throws ServiceError */
  require(scope: Scope, nameOrArn: string = defaultBus): EventBus {
    const bus = this.find(scope, nameOrArn);
    if (bus === undefined) throw busNotFound(nameOrArn.replace(/^arn:.*:event-bus\//, ''));
    return bus;
  }

  /** @throws ServiceError */
  requireRule(scope: Scope, name: string, busNameOrArn?: string): Rule {
    const bus = this.require(scope, busNameOrArn);
    const rule = bus.rules.get(name);
    if (rule === undefined) throw ruleNotFound(name, bus.name);
    return rule;
  }

  create(scope: Scope, name: string): EventBus {
    const bus = this.#bus(scope, name);
    this.#in(scope).set(name, bus);
    return bus;
  }

  remove({ scope, name }: EventBus): void {
    this.#in(scope).delete(name);
  }

  createRule(bus: EventBus, name: string, settings: RuleSettings, state: RuleState): Rule {
    const path = bus.name === defaultBus ? name : `${bus.name}/${name}`;
    const arn = formatArn({ ...bus.scope, service: 'events', resource: `rule/${path}` });
    const rule: Rule = { bus, name, arn, settings, state, tags: new Map(), targets: new Map() };
    bus.rules.set(name, rule);
    return rule;
  }

  #in(scope: Scope): Map<string, EventBus> {
    const buses = this.#buses.make(scope);
    if (!buses.has(defaultBus)) buses.set(defaultBus, this.#bus(scope, defaultBus));
    return buses;
  }

  #bus(scope: Scope, name: string): EventBus {
    const now = this.now();
    return {
      scope,
      name,
      arn: formatArn({ ...scope, service: 'events', resource: `event-bus/${name}` }),
      created: now,
      modified: now,
      description: undefined,
      kmsKey: undefined,
      deadLetterConfig: undefined,
      logConfig: undefined,
      policy: [],
      tags: new Map(),
      rules: new Map(),
    };
  }
}
