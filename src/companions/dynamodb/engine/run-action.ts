/** Runs the library's code for one request, from end to end, in one go. */
import { serializationException } from '../../../aws/protocol/serialization-exception.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import {
  type ActionName,
  actions,
  type CheckedInput,
  checkTypes,
  checkValidations,
  type RulesName,
  rules,
} from './library.ts';
import { clientError } from './library-error.ts';
import type { WriteSet } from './write-set.ts';

/**
 * @returns A checked copy, whose expressions are parsed.
 * @throws ServiceError for input that breaks the operation's rules
 */
export function checkInput(operation: RulesName, input: object, store: WriteSet): CheckedInput {
  const { types, custom } = rules[operation];
  try {
    const checked = checkTypes({ ...input }, types);
    checkValidations(checked, types, custom, store);
    return checked;
  } catch (fault) {
    // Where the library stumbles, a value has a form that it did not foresee: a null in a list, for example.
    throw clientError(fault) ?? serializationException('The request has a value of an unexpected type.', fault);
  }
}

/** @throws ServiceError what the operation answers */
export function runAction(action: ActionName, input: CheckedInput, store: WriteSet): Record<string, unknown> {
  let outcome: { readonly fault: Error | null; readonly output: Record<string, unknown> } | undefined;
  try {
    actions[action](store, input, (fault, output = {}) => {
      outcome ??= { fault, output };
    });
    store.read();
  } catch (fault) {
    throw clientError(fault) ?? fault;
  }
  if (outcome === undefined) throw new Error(`${action} has not come to an end`);
  const { fault, output } = outcome;
  if (fault !== null) throw clientError(fault) ?? fault;
  return output;
}

export const isConditionFailure = (error: unknown): boolean =>
  error instanceof ServiceError && error.code === 'ConditionalCheckFailedException';
