/** Reads and changes who is told of what happens in a bucket. */
import type { BucketSettings } from '../../bucket/bucket-settings.ts';
import { checkDestinations } from '../../notification/check-destinations.ts';
import { overlap, rulesOf } from '../../notification/notification-rule.ts';
import type { S3Call, S3Operation } from '../../s3-call.ts';
import { invalidArgument, noSuchBucket } from '../../s3-error.ts';

type Notification = BucketSettings['notification'];

/** @see Amazon S3 API reference, GetBucketNotificationConfiguration */
export const getBucketNotificationConfiguration: S3Operation<'GetBucketNotificationConfiguration'> = (input, call) =>
  call.buckets.require(input.Bucket).settings.notification;

/**
 * `PutBucketNotificationConfiguration`: all that was configured before is replaced.
 * @throws ServiceError InvalidArgument for a destination that is not there, and for rules that overlap
 * @see Amazon S3 API reference, PutBucketNotificationConfiguration
 */
export const putBucketNotificationConfiguration: S3Operation<'PutBucketNotificationConfiguration'> = async (
  input,
  call,
) => {
  const bucket = call.buckets.require(input.Bucket);
  const notification = named(input.NotificationConfiguration, call);
  const rules = rulesOf(notification);
  checkFilters(notification);
  for (const [index, rule] of rules.entries()) {
    if (rules.slice(0, index).some((other) => overlap(rule, other))) throw ambiguous();
  }
  await checkDestinations(bucket, rules, input.SkipDestinationValidation === true, call);
  if (call.buckets.find(bucket.name) !== bucket) throw noSuchBucket(bucket.name);
  bucket.settings.notification = notification;
  return {};
};

/** Those without an id are given one. */
function named(given: Notification, { random }: S3Call): Notification {
  const withId = <Item extends { readonly Id?: string | undefined }>(items: readonly Item[] | undefined) =>
    items?.map((item) => ({ ...item, Id: item.Id ?? random.uuid() }));
  const queues = withId(given.QueueConfigurations);
  const topics = withId(given.TopicConfigurations);
  const functions = withId(given.LambdaFunctionConfigurations);
  return {
    ...(topics === undefined ? {} : { TopicConfigurations: topics }),
    ...(queues === undefined ? {} : { QueueConfigurations: queues }),
    ...(functions === undefined ? {} : { LambdaFunctionConfigurations: functions }),
    ...(given.EventBridgeConfiguration === undefined ? {} : { EventBridgeConfiguration: {} }),
  };
}

function checkFilters({
  QueueConfigurations = [],
  TopicConfigurations = [],
  LambdaFunctionConfigurations = [],
}: Notification): void {
  for (const { Filter: filter } of [...QueueConfigurations, ...TopicConfigurations, ...LambdaFunctionConfigurations]) {
    const names = (filter?.Key?.FilterRules ?? []).map(({ Name: name = '' }) => String(name).toLowerCase());
    const unknown = names.find((name) => name !== 'prefix' && name !== 'suffix');
    if (unknown !== undefined) {
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', unknown);
    }
    if (new Set(names).size < names.length) {
      throw invalidArgument(
        'Cannot specify more than one prefix rule or suffix rule in a filter.',
        'FilterRule.Name',
        names[0] ?? '',
      );
    }
  }
}

const ambiguous = () =>
  invalidArgument(
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    'NotificationConfiguration',
    '',
  );
