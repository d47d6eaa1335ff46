/** What can be set on a topic, and what is shown of it. */
import { invalidParameter } from './sns-faults.ts';
import type { Topic } from './topic.ts';

const settable = new Set([
  'DeliveryPolicy',
  'DisplayName',
  'Policy',
  'TracingConfig',
  'KmsMasterKeyId',
  'SignatureVersion',
  'ContentBasedDeduplication',
  'ArchivePolicy',
  'FifoThroughputScope',
]);
const feedback =
  /^(HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedbackRoleArn|FailureFeedbackRoleArn|SuccessFeedbackSampleRate)$/;
const fifoOnly = new Set(['ContentBasedDeduplication', 'ArchivePolicy', 'FifoThroughputScope']);

/** @throws ServiceError for an attribute that no topic, or not this kind of topic, has */
export function checkTopicAttribute(name: string, value: string, isFifo: boolean): void {
  if (!settable.has(name) && !feedback.test(name)) throw invalidParameter('AttributeName');
  if (fifoOnly.has(name) && !isFifo)
    throw invalidParameter(`Attributes Reason: ${name} can only be set for FIFO topics`);
  if (name === 'Policy' || name === 'DeliveryPolicy') checkJson(name, value);
}

export function checkJson(name: string, text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw invalidParameter(`${name}: failed to parse JSON.`);
  }
}

export function topicAttributes(topic: Topic): Record<string, string> {
  const { arn, scope, attributes, isFifo, subscriptions } = topic;
  const pending = [...subscriptions.values()].filter(({ token }) => token !== undefined).length;
  return {
    Policy: defaultPolicy(topic),
    DisplayName: '',
    EffectiveDeliveryPolicy: effectiveDelivery,
    ...(isFifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' } : {}),
    ...Object.fromEntries(attributes),
    TopicArn: arn,
    Owner: scope.account,
    SubscriptionsPending: String(pending),
    SubscriptionsConfirmed: String(subscriptions.size - pending),
    SubscriptionsDeleted: '0',
  };
}

const defaultPolicy = ({ arn, scope }: Topic): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': scope.account } },
      },
    ],
  });

/** Source: SNS developer guide, "Amazon SNS message delivery retries": the default of HTTP endpoints. */
const effectiveDelivery = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
