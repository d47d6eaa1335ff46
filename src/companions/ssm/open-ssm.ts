/** AWS Systems Manager, of which Parameter Store is here: parameters with versions and labels, in memory. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { ssm } from '../../aws/generated/ssm.ts';
import type { SsmOperations } from '../../aws/generated/ssm-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { deleteParameter, deleteParameters } from './operations/delete-parameters.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter, getParameterHistory, getParameters, getParametersByPath } from './operations/get-parameters.ts';
import { labelParameterVersion, unlabelParameterVersion } from './operations/labels.ts';
import { putParameter } from './operations/put-parameter.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './operations/tags.ts';
import { ParameterStore } from './parameter-store.ts';

const bodyLimit = 1024 * 1024;

export function openSsm(deps: CompanionDeps): EmbeddedService {
  const store = new ParameterStore(deps.clock);
  const operations = {
    AddTagsToResource: addTagsToResource(store),
    DeleteParameter: deleteParameter(store),
    DeleteParameters: deleteParameters(store),
    DescribeParameters: describeParameters(store),
    GetParameter: getParameter(store),
    GetParameterHistory: getParameterHistory(store),
    GetParameters: getParameters(store),
    GetParametersByPath: getParametersByPath(store),
    LabelParameterVersion: labelParameterVersion(store),
    ListTagsForResource: listTagsForResource(store),
    PutParameter: putParameter(store),
    RemoveTagsFromResource: removeTagsFromResource(store),
    UnlabelParameterVersion: unlabelParameterVersion(store),
  } satisfies OperationTable<SsmOperations>;
  return new OperationService({ ...deps, table: ssm, protocols: [compileAwsJson(ssm, '1.1')], operations, bodyLimit });
}
