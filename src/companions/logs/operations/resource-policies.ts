/** The operations on resource policies, which are kept and shown; nothing here evaluates them. */
import { ScopedMap } from '../../../aws/scoped-map.ts';
import type { LogStore } from '../log-store.ts';
import { invalidParameter, resourceNotFound } from '../logs-faults.ts';
import type { LogsOperation } from './logs-operation.ts';

interface Policy {
  readonly document: string;
  readonly updated: number;
}

type Operations = 'PutResourcePolicy' | 'DescribeResourcePolicies' | 'DeleteResourcePolicy';

export function resourcePolicies(store: LogStore): { readonly [Name in Operations]: LogsOperation<Name> } {
  const policies = new ScopedMap<Map<string, Policy>>(() => new Map());
  const output = (name: string, { document, updated }: Policy) => ({
    policyName: name,
    policyDocument: document,
    lastUpdatedTime: updated,
  });
  return {
    PutResourcePolicy: ({ policyName = '', policyDocument = '' }, { scope }) => {
      try {
        JSON.parse(policyDocument);
      } catch {
        throw invalidParameter('Policy document is malformed.');
      }
      const policy = { document: policyDocument, updated: store.now() };
      policies.make(scope).set(policyName, policy);
      return { resourcePolicy: output(policyName, policy) };
    },
    DescribeResourcePolicies: (_input, { scope }) => ({
      resourcePolicies: [...policies.make(scope)].map(([name, policy]) => output(name, policy)),
    }),
    DeleteResourcePolicy: ({ policyName = '' }, { scope }) => {
      if (!policies.make(scope).delete(policyName)) {
        throw resourceNotFound(`Policy with name [${policyName}] does not exist.`);
      }
      return {};
    },
  };
}
