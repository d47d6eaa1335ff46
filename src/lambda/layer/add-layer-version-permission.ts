/** Lets another account, or everybody, use a layer version. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { changeLayerPolicy, checkPolicyRevision } from './change-layer-policy.ts';
import { layerVersionArn } from './layer-address.ts';
import { statementDocument } from './layer-policy.ts';
import { requireOwnVersion } from './require-layer-version.ts';

/**
 * `AddLayerVersionPermission`.
 * @throws ServiceError ResourceNotFoundException, ResourceConflictException for a statement id that is there,
 * PreconditionFailedException, PolicyLengthExceededException, InvalidParameterValueException.
 * @see AWS Lambda API reference, AddLayerVersionPermission
 */
export const addLayerVersionPermission: LambdaOperation<'AddLayerVersionPermission'> = (input, call) => {
  const named = requireOwnVersion(input, 'lambda:AddLayerVersionPermission', call);
  const { layer, version } = named;
  checkPolicyRevision(version.policy, input.RevisionId);
  const { StatementId: sid, Principal: principal, OrganizationId: organizationId } = input;
  const others = version.policy?.statements ?? [];
  if (others.some((statement) => statement.sid === sid)) {
    throw resourceConflict(
      `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const statement = { sid, principal, organizationId };
  const { revisionId } = changeLayerPolicy(named, [...others, statement], call);
  const document = statementDocument(statement, layerVersionArn(layer, version.version));
  return { Statement: JSON.stringify(document), RevisionId: revisionId };
};
