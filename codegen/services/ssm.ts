/** AWS Systems Manager, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const ssm: GeneratedService = {
  name: 'ssm',
  title: 'Ssm',
  fullName: 'AWS Systems Manager',
  sdkPackage: '@aws-sdk/client-ssm',
  model: 'ssm/2014-11-06',
  operations: [
    'AddTagsToResource',
    'DeleteParameter',
    'DeleteParameters',
    'DescribeParameters',
    'GetParameter',
    'GetParameterHistory',
    'GetParameters',
    'GetParametersByPath',
    'LabelParameterVersion',
    'ListTagsForResource',
    'PutParameter',
    'RemoveTagsFromResource',
    'UnlabelParameterVersion',
  ],
};
