/** Lets somebody use a function: adds one statement to its policy. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict, revisionMismatch } from '../lambda-error.ts';
import { permissionStatement } from './permission-statement.ts';
import { emptyPolicy } from './policy-document.ts';
import { newPolicy } from './policy-record.ts';
import { addressPolicy, requireGrantable } from './policy-resource.ts';

/**
 * `AddPermission`; the RevisionId it checks is that of the policy, so with none there is nothing that it could match.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException, ResourceConflictException for a
 * statement id that is there, PreconditionFailedException, PolicyLengthExceededException.
 * @see AWS Lambda API reference, AddPermission
 */
export const addPermission: LambdaOperation<'AddPermission'> = (input, call) => {
  const { scope, stores, random } = call;
  const address = addressPolicy(input, call);
  requireGrantable(address, call);
  const statement = permissionStatement(scope, input, address.resource);
  const current = stores.policies.find(scope, address.key);
  if (input.RevisionId !== undefined && input.RevisionId !== current?.revisionId) throw revisionMismatch('GetPolicy');
  const { document } = current ?? { document: emptyPolicy };
  if (document.Statement.some(({ Sid }) => Sid === input.StatementId)) {
    throw resourceConflict(
      `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const changed = { ...document, Statement: [...document.Statement, statement] };
  stores.policies.put(scope, address.key, newPolicy(changed, random));
  return { Statement: JSON.stringify(statement) };
};
