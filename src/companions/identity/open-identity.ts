/** AWS IAM and AWS STS: one room, since a session is that of a role. */
import { iam } from '../../aws/generated/iam.ts';
import { sts } from '../../aws/generated/sts.ts';
import { compileAwsQuery } from '../../aws/protocol/query/aws-query.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { iamOperations } from './iam/iam-operations.ts';
import { IdentityStore } from './identity-store.ts';
import { Sessions } from './sts/sessions.ts';
import { stsOperations } from './sts/sts-operations.ts';

/** Policy documents are small. */
const bodyLimit = 1024 * 1024;

export function openIdentity(deps: CompanionDeps) {
  const store = new IdentityStore(deps);
  const { accessKeys } = deps;
  const sessions = new Sessions(store, accessKeys);
  const service = { ...deps, bodyLimit };
  return {
    iam: new OperationService({
      ...service,
      table: iam,
      protocols: [compileAwsQuery(iam)],
      operations: iamOperations(store, accessKeys),
    }),
    sts: new OperationService({
      ...service,
      table: sts,
      protocols: [compileAwsQuery(sts)],
      operations: stsOperations(sessions, accessKeys),
    }),
  };
}
