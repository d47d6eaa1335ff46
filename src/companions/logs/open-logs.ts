/** Amazon CloudWatch Logs: what functions write is here too, from the start of the daemon. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { logs } from '../../aws/generated/logs.ts';
import type { LogsOperations } from '../../aws/generated/logs-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import type { LogStore } from './log-store.ts';
import * as groups from './operations/groups.ts';
import { putLogEvents } from './operations/put-log-events.ts';
import { filterLogEvents, getLogEvents } from './operations/read-events.ts';
import { resourcePolicies } from './operations/resource-policies.ts';
import { startLiveTail } from './operations/start-live-tail.ts';
import { createLogStream, deleteLogStream, describeLogStreams } from './operations/streams.ts';
import {
  deleteSubscriptionFilter,
  describeSubscriptionFilters,
  putSubscriptionFilter,
} from './operations/subscription-filters.ts';
import { Subscriptions } from './subscriptions.ts';

/** A batch of a megabyte, escaped. */
const bodyLimit = 8 * 1024 * 1024;

export function openLogs(deps: CompanionDeps, store: LogStore): EmbeddedService {
  const subscriptions = new Subscriptions({ ...deps, store });
  const operations = {
    CreateLogGroup: groups.createLogGroup(store),
    CreateLogStream: createLogStream(store),
    DeleteLogGroup: groups.deleteLogGroup(store),
    DeleteLogStream: deleteLogStream(store),
    DeleteRetentionPolicy: groups.deleteRetentionPolicy(store),
    DeleteSubscriptionFilter: deleteSubscriptionFilter(store),
    DescribeLogGroups: groups.describeLogGroups(store),
    DescribeLogStreams: describeLogStreams(store),
    DescribeSubscriptionFilters: describeSubscriptionFilters(store),
    FilterLogEvents: filterLogEvents(store),
    GetLogEvents: getLogEvents(store),
    ListLogGroups: groups.listLogGroups(store),
    PutLogEvents: putLogEvents(store),
    PutRetentionPolicy: groups.putRetentionPolicy(store),
    PutSubscriptionFilter: putSubscriptionFilter(store, deps.functions),
    StartLiveTail: startLiveTail(store, deps.clock, deps.random),
    ...groups.groupTags(store),
    ...groups.resourceTags(store),
    ...resourcePolicies(store),
  } satisfies OperationTable<LogsOperations, CompanionCall>;
  return new OperationService({
    ...deps,
    table: logs,
    protocols: [compileAwsJson(logs, '1.1')],
    operations,
    bodyLimit,
    close: () => subscriptions[Symbol.asyncDispose](),
  });
}
