/** The operations on rules. */
import type { BusStore } from '../bus/bus-store.ts';
import { defaultBus, type Rule, type RuleSettings } from '../bus/event-bus.ts';
import { parsePattern } from '../event-pattern-text.ts';
import { invalid } from '../events-faults.ts';
import type { RuleSchedules } from '../schedule/rule-schedules.ts';
import { parseSchedule, type Schedule } from '../schedule/schedule.ts';
import { ScheduleFault } from '../schedule/schedule-fault.ts';
import { type EventsOperation, eventsPage } from './events-operation.ts';

/** `PutRule`: replaces all settings of one that is there; its targets stay, and so do its tags. */
export const putRule =
  (store: BusStore, schedules: RuleSchedules): EventsOperation<'PutRule'> =>
  (input, { scope }) => {
    const { Name, EventPattern, ScheduleExpression, State = 'ENABLED', Tags = [] } = input;
    const bus = store.require(scope, input.EventBusName);
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (ScheduleExpression !== undefined && bus.name !== defaultBus) {
      throw invalid('ScheduleExpression is supported only on the default event bus.');
    }
    const settings: RuleSettings = {
      pattern: EventPattern === undefined ? undefined : { text: EventPattern, fits: parsePattern(EventPattern) },
      schedule: ScheduleExpression === undefined ? undefined : scheduleOf(ScheduleExpression),
      description: input.Description,
      roleArn: input.RoleArn,
    };
    const present = bus.rules.get(Name);
    if (present !== undefined) {
      const isSameTime = present.settings.schedule?.expression === ScheduleExpression && present.state === State;
      present.settings = settings;
      present.state = State;
      if (!isSameTime) schedules.start(present);
      return { RuleArn: present.arn };
    }
    const rule = store.createRule(bus, Name, settings, State);
    for (const { Key, Value } of Tags) rule.tags.set(Key, Value);
    schedules.start(rule);
    return { RuleArn: rule.arn };
  };

function scheduleOf(expression: string): { expression: string; times: Schedule } {
  try {
    return { expression, times: parseSchedule(expression) };
  } catch (error) {
    if (error instanceof ScheduleFault) throw invalid('Parameter ScheduleExpression is not valid.');
    throw error;
  }
}

/** `DeleteRule`: one that is not there is as good as deleted. */
export const deleteRule =
  (store: BusStore, schedules: RuleSchedules): EventsOperation<'DeleteRule'> =>
  ({ Name, EventBusName }, { scope }) => {
    const bus = store.require(scope, EventBusName);
    const rule = bus.rules.get(Name);
    if (rule === undefined) return {};
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    schedules.stop(rule);
    bus.rules.delete(Name);
    return {};
  };

export const enableRule =
  (store: BusStore, schedules: RuleSchedules): EventsOperation<'EnableRule'> =>
  ({ Name, EventBusName }, { scope }) => {
    const rule = store.requireRule(scope, Name, EventBusName);
    if (rule.state !== 'DISABLED') return {};
    rule.state = 'ENABLED';
    schedules.start(rule);
    return {};
  };

export const disableRule =
  (store: BusStore, schedules: RuleSchedules): EventsOperation<'DisableRule'> =>
  ({ Name, EventBusName }, { scope }) => {
    const rule = store.requireRule(scope, Name, EventBusName);
    rule.state = 'DISABLED';
    schedules.stop(rule);
    return {};
  };

const listed = ({ name, arn, bus, settings, state }: Rule) => ({
  Name: name,
  Arn: arn,
  EventPattern: settings.pattern?.text,
  State: state,
  Description: settings.description,
  ScheduleExpression: settings.schedule?.expression,
  RoleArn: settings.roleArn,
  EventBusName: bus.name,
});

export const describeRule =
  (store: BusStore): EventsOperation<'DescribeRule'> =>
  ({ Name, EventBusName }, { scope }) => {
    const rule = store.requireRule(scope, Name, EventBusName);
    return { ...listed(rule), CreatedBy: rule.bus.scope.account };
  };

export const listRules =
  (store: BusStore): EventsOperation<'ListRules'> =>
  ({ NamePrefix = '', EventBusName, ...page }, { scope }) => {
    const rules = [...store.require(scope, EventBusName).rules.values()];
    const all = rules.filter(({ name }) => name.startsWith(NamePrefix));
    const { items, NextToken } = eventsPage(all, ({ name }) => name, page);
    return { Rules: items.map(listed), NextToken };
  };
