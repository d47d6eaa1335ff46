/** Amazon ECR: tokens and the records of repositories, so that tools which build images proceed. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { ecr } from '../../aws/generated/ecr.ts';
import type { EcrOperations } from '../../aws/generated/ecr-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import * as images from './image-operations.ts';
import { Repositories } from './repository.ts';
import * as records from './repository-operations.ts';

const bodyLimit = 1024 * 1024;
/** How long a token is good. Source: ECR API reference, GetAuthorizationToken. */
const halfDay = 12 * 60 * 60 * 1000;

export function openEcr(deps: CompanionDeps): EmbeddedService {
  const repositories = new Repositories(deps.clock);
  /** `AWS` and a password that nobody checks, as `docker login` takes them. */
  const getAuthorizationToken: records.EcrOperation<'GetAuthorizationToken'> = (_input, { origin }) => ({
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${deps.random.hex(32)}`).toString('base64'),
        expiresAt: dateOf(milliseconds(deps.clock.now() + halfDay)),
        proxyEndpoint: origin,
      },
    ],
  });
  const operations = {
    BatchCheckLayerAvailability: images.batchCheckLayerAvailability(repositories),
    BatchDeleteImage: images.batchDeleteImage(repositories),
    BatchGetImage: images.batchGetImage(repositories),
    CreateRepository: records.createRepository(repositories),
    DeleteLifecyclePolicy: records.deleteLifecyclePolicy(repositories),
    DeleteRepository: records.deleteRepository(repositories),
    DeleteRepositoryPolicy: records.deleteRepositoryPolicy(repositories),
    DescribeImages: images.describeImages(repositories),
    DescribeRepositories: records.describeRepositories(repositories),
    GetAuthorizationToken: getAuthorizationToken,
    GetLifecyclePolicy: records.getLifecyclePolicy(repositories),
    GetRepositoryPolicy: records.getRepositoryPolicy(repositories),
    ListImages: images.listImages(repositories),
    ListTagsForResource: records.listTagsForResource(repositories),
    PutImageScanningConfiguration: records.putImageScanningConfiguration(repositories),
    PutImageTagMutability: records.putImageTagMutability(repositories),
    PutLifecyclePolicy: records.putLifecyclePolicy(repositories),
    SetRepositoryPolicy: records.setRepositoryPolicy(repositories),
    TagResource: records.tagResource(repositories),
    UntagResource: records.untagResource(repositories),
  } satisfies OperationTable<EcrOperations, CompanionCall>;
  return new OperationService({ ...deps, table: ecr, protocols: [compileAwsJson(ecr, '1.1')], operations, bodyLimit });
}
