/** Amazon EventBridge, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const events: GeneratedService = {
  name: 'events',
  title: 'Events',
  fullName: 'Amazon EventBridge',
  sdkPackage: '@aws-sdk/client-eventbridge',
  model: 'events/2015-10-07',
  operations: [
    'CreateEventBus',
    'DeleteEventBus',
    'DeleteRule',
    'DescribeEventBus',
    'DescribeRule',
    'DisableRule',
    'EnableRule',
    'ListEventBuses',
    'ListRuleNamesByTarget',
    'ListRules',
    'ListTagsForResource',
    'ListTargetsByRule',
    'PutEvents',
    'PutPermission',
    'PutRule',
    'PutTargets',
    'RemovePermission',
    'RemoveTargets',
    'TagResource',
    'TestEventPattern',
    'UntagResource',
    'UpdateEventBus',
  ],
};
