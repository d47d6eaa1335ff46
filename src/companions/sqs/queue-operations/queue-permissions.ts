/** Statements of a queue's policy, added and removed by their label. */
import type { Queue } from '../queue/queue.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidValue } from '../sqs-error.ts';

/** Source: Amazon SQS API reference, AddPermission. The owner of a queue keeps the others. */
const grantable = new Set([
  '*',
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
]);

interface Policy {
  readonly [member: string]: unknown;
  readonly Statement: readonly unknown[];
}

/**
 * `AddPermission`.
 * @throws ServiceError QueueDoesNotExist, InvalidParameterValue
 * @see Amazon SQS API reference, AddPermission
 */
export const addPermission =
  ({ queues }: Sqs): SqsOperation<'AddPermission'> =>
  ({ QueueUrl: url, Label: label, AWSAccountIds: accounts, Actions: actions }, call) => {
    const queue = queues.require(url, call.scope);
    if (!/^[\w-]{1,80}$/.test(label)) {
      const reason = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.';
      throw invalidValue(label, 'Label', reason);
    }
    const denied = actions.find((action) => !grantable.has(action));
    if (denied !== undefined) {
      const reason = 'Only the queue owner is allowed to invoke this action.';
      throw invalidValue(`SQS:${denied}`, 'ActionName', reason);
    }
    const stranger = accounts.find((account) => !/^\d{12}$/.test(account));
    if (stranger !== undefined) throw invalidValue(stranger, 'PrincipalId', 'Unable to verify.');
    const policy = policyOf(queue);
    if (policy.Statement.some((statement) => sidOf(statement) === label)) {
      throw invalidValue(label, 'Label', 'Already exists.');
    }
    const principals = accounts.map((account) => `arn:${queue.scope.partition}:iam::${account}:root`);
    const statement = {
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: principals.length === 1 ? principals[0] : principals },
      Action: actions.length === 1 ? `SQS:${actions[0]}` : actions.map((action) => `SQS:${action}`),
      Resource: queue.arn,
    };
    put(queue, { ...policy, Statement: [...policy.Statement, statement] });
    return {};
  };

/**
 * `RemovePermission`.
 * @throws ServiceError QueueDoesNotExist, InvalidParameterValue
 * @see Amazon SQS API reference, RemovePermission
 */
export const removePermission =
  ({ queues }: Sqs): SqsOperation<'RemovePermission'> =>
  ({ QueueUrl: url, Label: label }, call) => {
    const queue = queues.require(url, call.scope);
    const policy = policyOf(queue);
    const left = policy.Statement.filter((statement) => sidOf(statement) !== label);
    if (left.length === policy.Statement.length) {
      throw invalidValue(label, 'Label', "can't find label on existing policy.");
    }
    put(queue, { ...policy, Statement: left });
    return {};
  };

/** It was checked to be an object when it was set, no more. */
function policyOf({ attributes: { Policy: text }, arn }: Queue): Policy {
  const empty = { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy` };
  const policy = text === undefined ? empty : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  const { Statement: statements = [] } = policy as { readonly Statement?: unknown };
  return { ...policy, Statement: Array.isArray(statements) ? (statements as readonly unknown[]) : [statements] };
}

const sidOf = (statement: unknown): unknown =>
  typeof statement === 'object' && statement !== null && 'Sid' in statement ? statement.Sid : undefined;

/** A policy without statements is none. */
function put(queue: Queue, policy: Policy): void {
  const { Policy: _before, ...others } = queue.attributes;
  queue.change(policy.Statement.length === 0 ? others : { ...others, Policy: JSON.stringify(policy) });
}
