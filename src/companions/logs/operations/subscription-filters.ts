/** The operations on subscription filters. */
import { parseArn } from '../../../aws/arn.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { FunctionTarget } from '../../function-target.ts';
import type { LogStore } from '../log-store.ts';
import { invalidParameter, requireGroup, resourceNotFound } from '../logs-faults.ts';
import { filterOf, type LogsOperation, logsPage } from './logs-operation.ts';

/** Source: CloudWatch Logs user guide, "CloudWatch Logs quotas". */
const mostFilters = 2;

export const putSubscriptionFilter =
  (store: LogStore, functions: FunctionTarget): LogsOperation<'PutSubscriptionFilter'> =>
  (input, { scope }) => {
    const { logGroupName, filterName, filterPattern, destinationArn, roleArn, distribution = 'ByLogStream' } = input;
    const group = requireGroup(store, scope, { logGroupName });
    const service = parseArn(destinationArn)?.service;
    if (service !== 'lambda' && service !== 'kinesis') {
      throw invalidParameter('destinationArn for vendor must be of a function or of a stream of Kinesis here.');
    }
    if (service === 'lambda' && !functions.exists(destinationArn)) {
      throw invalidParameter(
        'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      );
    }
    if (!group.subscriptions.has(filterName) && group.subscriptions.size >= mostFilters) {
      throw new ServiceError('LimitExceededException', 'Resource limit exceeded.');
    }
    group.subscriptions.set(filterName, {
      name: filterName,
      pattern: filterPattern,
      fits: filterOf(filterPattern),
      destinationArn,
      roleArn,
      distribution,
      created: store.now(),
    });
    return {};
  };

export const describeSubscriptionFilters =
  (store: LogStore): LogsOperation<'DescribeSubscriptionFilters'> =>
  ({ logGroupName, filterNamePrefix = '', limit = 50, nextToken }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    const listed = [...group.subscriptions.values()].filter(({ name }) => name.startsWith(filterNamePrefix));
    const page = logsPage(listed, ({ name }) => name, limit, nextToken);
    const subscriptionFilters = page.items.map((filter) => ({
      filterName: filter.name,
      logGroupName,
      filterPattern: filter.pattern,
      destinationArn: filter.destinationArn,
      roleArn: filter.roleArn,
      distribution: filter.distribution,
      creationTime: filter.created,
    }));
    return { subscriptionFilters, nextToken: page.nextToken };
  };

export const deleteSubscriptionFilter =
  (store: LogStore): LogsOperation<'DeleteSubscriptionFilter'> =>
  ({ logGroupName, filterName }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    if (!group.subscriptions.delete(filterName)) {
      throw resourceNotFound('The specified subscription filter does not exist.');
    }
    return {};
  };
