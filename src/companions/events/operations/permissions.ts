/** The operations on the policy of a bus, which is kept and shown; nothing here evaluates it. */
import { ServiceError } from '../../../aws/service-error.ts';
import { parsePolicy } from '../bus/bus-policy.ts';
import type { BusStore } from '../bus/bus-store.ts';
import { invalid } from '../events-faults.ts';
import type { EventsOperation } from './events-operation.ts';

/** `PutPermission`: a statement, in place of one with the same id, or a whole policy. */
export const putPermission =
  (store: BusStore): EventsOperation<'PutPermission'> =>
  ({ EventBusName, Action, Principal, StatementId, Condition, Policy }, { scope }) => {
    const bus = store.require(scope, EventBusName);
    bus.modified = store.now();
    if (Policy !== undefined) {
      bus.policy = parsePolicy(Policy);
      return {};
    }
    if (Action === undefined || Principal === undefined || StatementId === undefined) {
      throw invalid('Parameter(s) Policy, or Action, Principal and StatementId must be specified.');
    }
    if (Action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
    const statement = {
      Sid: StatementId,
      Effect: 'Allow',
      Principal: Principal === '*' ? '*' : { AWS: `arn:${scope.partition}:iam::${Principal}:root` },
      Action,
      Resource: bus.arn,
      ...(Condition === undefined ? {} : { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
    };
    bus.policy = [...bus.policy.filter(({ Sid }) => Sid !== StatementId), statement];
    return {};
  };

export const removePermission =
  (store: BusStore): EventsOperation<'RemovePermission'> =>
  ({ StatementId, RemoveAllPermissions = false, EventBusName }, { scope }) => {
    const bus = store.require(scope, EventBusName);
    if (RemoveAllPermissions) {
      bus.policy = [];
      return {};
    }
    if (bus.policy.length === 0) throw notFound('EventBus does not have a policy.');
    const kept = bus.policy.filter(({ Sid }) => Sid !== StatementId);
    if (kept.length === bus.policy.length) throw notFound('Statement with the provided id does not exist.');
    bus.policy = kept;
    return {};
  };

const notFound = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);
