/** The policy of a bus as a document. */
import { ServiceError } from '../../../aws/service-error.ts';
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
  if (!statements.every((each) => typeof each === 'object' && each !== null)) throw malformed();
  return statements as readonly PolicyStatement[];
}

const malformed = (): ServiceError =>
  new ServiceError('ValidationException', 'Parameter Policy is not valid. Reason: Invalid policy document.', {
    type: null,
    status: 400,
  });
