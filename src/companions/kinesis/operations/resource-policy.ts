/** The operations on the policies of streams and consumers: kept and shown, nothing here is refused for one. */

import type { CompanionCall } from '../../companion-call.ts';
import { invalidArgument, notFound } from '../kinesis-faults.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import type { KinesisOperation } from './kinesis-operation.ts';

export const putResourcePolicy =
  (store: StreamStore): KinesisOperation<'PutResourcePolicy'> =>
  ({ ResourceARN, Policy }, call) => {
    requireResource(store, ResourceARN, call);
    if (!isJsonObject(Policy)) throw invalidArgument('The policy is not a valid JSON document.');
    store.policies.set(ResourceARN, Policy);
    return {};
  };

export const getResourcePolicy =
  (store: StreamStore): KinesisOperation<'GetResourcePolicy'> =>
  ({ ResourceARN }, call) => {
    requireResource(store, ResourceARN, call);
    return { Policy: requirePolicy(store, ResourceARN) };
  };

export const deleteResourcePolicy =
  (store: StreamStore): KinesisOperation<'DeleteResourcePolicy'> =>
  ({ ResourceARN }, call) => {
    requireResource(store, ResourceARN, call);
    requirePolicy(store, ResourceARN);
    store.policies.delete(ResourceARN);
    return {};
  };

function requireResource(store: StreamStore, arn: string, { scope }: CompanionCall): void {
  if (arn.includes('/consumer/')) store.requireConsumer(arn);
  else store.require(scope, { StreamARN: arn });
}

function requirePolicy(store: StreamStore, arn: string): string {
  const policy = store.policies.get(arn);
  if (policy === undefined) throw notFound(`No resource policy found for resource ARN ${arn}.`);
  return policy;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
