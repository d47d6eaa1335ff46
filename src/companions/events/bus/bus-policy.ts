/** The policy of a bus as a document. */
import type { ServiceError } from '../../../aws/service-error.ts';
import { invalid } from '../events-faults.ts';
import type { EventBus, PolicyStatement } from './event-bus.ts';

/** Nothing for a bus without statements. */
export const policyText = ({ policy }: EventBus): string | undefined =>
  policy.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: policy });

/** @throws ServiceError for what is no policy */
export function parsePolicy(text: string): readonly PolicyStatement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed();
  }
  const statement: unknown =
    typeof policy === 'object' && policy !== null ? Reflect.get(policy, 'Statement') : undefined;
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (!statements.every(isStatement)) throw malformed();
  return statements;
}

const isStatement = (value: unknown): value is PolicyStatement => typeof value === 'object' && value !== null;

const malformed = (): ServiceError => invalid('Parameter Policy is not valid. Reason: Invalid policy document.');
