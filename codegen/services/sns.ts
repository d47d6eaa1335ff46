/** Amazon SNS, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const sns: GeneratedService = {
  name: 'sns',
  title: 'Sns',
  fullName: 'Amazon SNS',
  sdkPackage: '@aws-sdk/client-sns',
  model: 'sns/2010-03-31',
  operations: [
    'AddPermission',
    'ConfirmSubscription',
    'CreateTopic',
    'DeleteTopic',
    'GetDataProtectionPolicy',
    'GetSubscriptionAttributes',
    'GetTopicAttributes',
    'ListSubscriptions',
    'ListSubscriptionsByTopic',
    'ListTagsForResource',
    'ListTopics',
    'Publish',
    'PublishBatch',
    'PutDataProtectionPolicy',
    'RemovePermission',
    'SetSubscriptionAttributes',
    'SetTopicAttributes',
    'Subscribe',
    'TagResource',
    'Unsubscribe',
    'UntagResource',
  ],
};
