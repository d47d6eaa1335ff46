/** Amazon ECR, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const ecr: GeneratedService = {
  name: 'ecr',
  title: 'Ecr',
  fullName: 'Amazon ECR',
  sdkPackage: '@aws-sdk/client-ecr',
  model: 'ecr/2015-09-21',
  operations: [
    'BatchCheckLayerAvailability',
    'BatchDeleteImage',
    'BatchGetImage',
    'CreateRepository',
    'DeleteLifecyclePolicy',
    'DeleteRepository',
    'DeleteRepositoryPolicy',
    'DescribeImages',
    'DescribeRepositories',
    'GetAuthorizationToken',
    'GetLifecyclePolicy',
    'GetRepositoryPolicy',
    'ListImages',
    'ListTagsForResource',
    'PutImageScanningConfiguration',
    'PutImageTagMutability',
    'PutLifecyclePolicy',
    'SetRepositoryPolicy',
    'TagResource',
    'UntagResource',
  ],
};
