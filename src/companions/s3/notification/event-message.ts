/**
 * The messages that notifications are.
 * @see Amazon S3 user guide, "Event message structure" and "EventBridge event message structure"
 */
import { isoTimestamp } from '../../../kernel/timestamp.ts';
import { canonicalId } from '../bucket/owner.ts';
import { urlEncoded } from '../operations/listing/listed-text.ts';
import { type BucketEvent, type BucketEventName, bucketArn } from './bucket-event.ts';

/** Events about what belongs to an object have had a version of their own. */
const versionOf = (name: BucketEventName): string =>
  name.startsWith('ObjectTagging:') || name.startsWith('ObjectAcl:') ? '2.3' : '2.1';

/** @param configurationId of the notification that it is for */
export function eventMessage({ name, time, bucket, object, requester }: BucketEvent, configurationId: string): string {
  const record = {
    eventVersion: versionOf(name),
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: isoTimestamp(time),
    eventName: name,
    userIdentity: { principalId: `AWS:${requester.accessKeyId ?? 'Anonymous'}` },
    requestParameters: { sourceIPAddress: requester.address },
    responseElements: { 'x-amz-request-id': requester.requestId, 'x-amz-id-2': requester.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: `A${canonicalId(bucket.owner).slice(0, 13).toUpperCase()}` },
        arn: bucketArn(bucket),
      },
      object: {
        key: urlEncoded(object.key),
        size: object.size,
        eTag: object.etag,
        versionId: object.versionId,
        sequencer: object.sequencer,
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** Sent to a queue or a topic when notifications to it are configured. */
export const testMessage = ({ time, bucket, requester }: Pick<BucketEvent, 'time' | 'bucket' | 'requester'>): string =>
  JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: isoTimestamp(time),
    Bucket: bucket.name,
    RequestId: requester.requestId,
    HostId: requester.hostId,
  });

type Detail = Readonly<Record<string, string>>;

/** What EventBridge calls each event, and what it says of its reason. */
const bridged: Readonly<Record<BucketEventName, readonly [detailType: string, more: Detail]>> = {
  'ObjectCreated:Put': ['Object Created', { reason: 'PutObject' }],
  'ObjectCreated:Post': ['Object Created', { reason: 'POST Object' }],
  'ObjectCreated:Copy': ['Object Created', { reason: 'CopyObject' }],
  'ObjectCreated:CompleteMultipartUpload': ['Object Created', { reason: 'CompleteMultipartUpload' }],
  'ObjectRemoved:Delete': ['Object Deleted', { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' }],
  'ObjectRemoved:DeleteMarkerCreated': [
    'Object Deleted',
    { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
  ],
  'ObjectTagging:Put': ['Object Tags Added', {}],
  'ObjectTagging:Delete': ['Object Tags Deleted', {}],
  'ObjectAcl:Put': ['Object ACL Updated', {}],
};

export function bridgedEvent({ name, bucket, object, requester }: BucketEvent) {
  const [detailType, more] = bridged[name];
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object: {
      key: object.key,
      size: object.size,
      etag: object.etag,
      'version-id': object.versionId,
      // Events about what belongs to an object are in no order with those of its content.
      ...(name.startsWith('ObjectCreated:') || name.startsWith('ObjectRemoved:')
        ? { sequencer: object.sequencer }
        : {}),
    },
    'request-id': requester.requestId,
    requester: requester.account,
    'source-ip-address': requester.address,
    ...more,
  };
  return { Source: 'aws.s3', DetailType: detailType, Detail: JSON.stringify(detail), Resources: [bucketArn(bucket)] };
}
