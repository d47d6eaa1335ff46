/** The operations on the targets of rules. */
import type { Logger } from '../../../kernel/logger.ts';
import type { BusStore } from '../bus/bus-store.ts';
import { checkTargets } from '../target/target-check.ts';
import { targetKind } from '../target/target-kind.ts';
import { type EventsOperation, eventsPage } from './events-operation.ts';

/** `PutTargets`: replaces those with the same ids. */
export const putTargets =
  (store: BusStore, logger: Logger): EventsOperation<'PutTargets'> =>
  ({ Rule, EventBusName, Targets }, { scope }) => {
    const rule = store.requireRule(scope, Rule, EventBusName);
    checkTargets(rule, Targets);
    for (const target of Targets) {
      rule.targets.set(target.Id, target);
      if (targetKind(target.Arn) === 'other') {
        logger.warn('a rule has a target to which nothing is delivered here', { rule: rule.arn, target: target.Arn });
      }
    }
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

/** `RemoveTargets`: those that are not there are as good as removed. */
export const removeTargets =
  (store: BusStore): EventsOperation<'RemoveTargets'> =>
  ({ Rule, EventBusName, Ids }, { scope }) => {
    const { targets } = store.requireRule(scope, Rule, EventBusName);
    for (const id of Ids) targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

export const listTargetsByRule =
  (store: BusStore): EventsOperation<'ListTargetsByRule'> =>
  ({ Rule, EventBusName, ...page }, { scope }) => {
    const { targets } = store.requireRule(scope, Rule, EventBusName);
    const { items, NextToken } = eventsPage([...targets.values()], ({ Id }) => Id, page);
    return { Targets: [...items], NextToken };
  };

export const listRuleNamesByTarget =
  (store: BusStore): EventsOperation<'ListRuleNamesByTarget'> =>
  ({ TargetArn, EventBusName, ...page }, { scope }) => {
    const rules = [...store.require(scope, EventBusName).rules.values()];
    const names = rules
      .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn))
      .map(({ name }) => name);
    const { items, NextToken } = eventsPage(names, (name) => name, page);
    return { RuleNames: [...items], NextToken };
  };
