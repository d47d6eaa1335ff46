/** Amazon EventBridge: buses, rules with patterns and schedules, and deliveries to their targets. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { events } from '../../aws/generated/events.ts';
import type { EventsOperations } from '../../aws/generated/events-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { QueueSender } from '../queue-sender.ts';
import { BusStore } from './bus/bus-store.ts';
import { EventRouter } from './bus/event-router.ts';
import { busEvent } from './bus-event.ts';
import * as buses from './operations/buses.ts';
import { putPermission, removePermission } from './operations/permissions.ts';
import { putEvents } from './operations/put-events.ts';
import * as rules from './operations/rules.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import * as targets from './operations/targets.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';
import { RuleSchedules } from './schedule/rule-schedules.ts';
import { TargetDeliveries } from './target/target-deliveries.ts';
import { TargetSender } from './target/target-sender.ts';

/** A megabyte of entries, each of whose characters may be escaped. */
const bodyLimit = 8 * 1024 * 1024;

export function openEvents(deps: CompanionDeps): EmbeddedService {
  const { clock, random, logger } = deps;
  const store = new BusStore(clock);
  const queues = new QueueSender(deps.clients);
  const sender = new TargetSender({
    ...deps,
    queues,
    forward: (busArn, event) => {
      const bus = store.findByArn(busArn);
      if (bus !== undefined) router.route(bus, event);
      return bus !== undefined;
    },
  });
  const deliveries = new TargetDeliveries({ ...deps, queues, sender });
  const router = new EventRouter((rule, target, event) => deliveries.deliver(rule, target, event), logger);
  const schedules = new RuleSchedules(clock, (rule, time) =>
    router.send(
      rule,
      busEvent({
        id: random.uuid(),
        scope: rule.bus.scope,
        source: 'aws.events',
        detailType: 'Scheduled Event',
        time,
        received: clock.now(),
        resources: [rule.arn],
        detailText: '{}',
      }),
    ),
  );
  return new OperationService({
    ...deps,
    table: events,
    protocols: [compileAwsJson(events, '1.1')],
    operations: operationsOf(deps, store, router, schedules),
    bodyLimit,
    close: async () => {
      schedules[Symbol.dispose]();
      await deliveries[Symbol.asyncDispose]();
    },
  });
}

function operationsOf(deps: CompanionDeps, store: BusStore, router: EventRouter, schedules: RuleSchedules) {
  return {
    CreateEventBus: buses.createEventBus(store),
    DeleteEventBus: buses.deleteEventBus(store),
    DeleteRule: rules.deleteRule(store, schedules),
    DescribeEventBus: buses.describeEventBus(store),
    DescribeRule: rules.describeRule(store),
    DisableRule: rules.disableRule(store, schedules),
    EnableRule: rules.enableRule(store, schedules),
    ListEventBuses: buses.listEventBuses(store),
    ListRuleNamesByTarget: targets.listRuleNamesByTarget(store),
    ListRules: rules.listRules(store),
    ListTagsForResource: listTagsForResource(store),
    ListTargetsByRule: targets.listTargetsByRule(store),
    PutEvents: putEvents({ ...deps, store, router }),
    PutPermission: putPermission(store),
    PutRule: rules.putRule(store, schedules),
    PutTargets: targets.putTargets(store, deps.logger),
    RemovePermission: removePermission(store),
    RemoveTargets: targets.removeTargets(store),
    TagResource: tagResource(store),
    TestEventPattern: testEventPattern,
    UntagResource: untagResource(store),
    UpdateEventBus: buses.updateEventBus(store),
  } satisfies OperationTable<EventsOperations, CompanionCall>;
}
