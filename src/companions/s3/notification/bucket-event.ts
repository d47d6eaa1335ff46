/** Something that happened to an object, as notifications tell it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AccountId, Partition, Region, Scope } from '../../../aws/scope.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Milliseconds } from '../../../kernel/quantity.ts';

/** Without `s3:` before it. */
export type BucketEventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'ObjectAcl:Put';

export interface BucketEvent {
  readonly name: BucketEventName;
  readonly time: Milliseconds;
  readonly bucket: {
    readonly name: string;
    readonly partition: Partition;
    readonly region: Region;
    readonly owner: AccountId;
  };
  readonly object: {
    readonly key: string;
    /** Absent where the object is gone. */
    readonly size: number | undefined;
    readonly etag: string | undefined;
    /** Absent where the bucket keeps no versions. */
    readonly versionId: string | undefined;
    /** Orders the events of one key: text that is compared as text. */
    readonly sequencer: string;
  };
  readonly requester: {
    readonly account: AccountId;
    readonly accessKeyId: string | undefined;
    readonly address: string;
    readonly requestId: string;
    readonly hostId: string;
  };
}

export const bucketArn = ({ name, partition }: Pick<BucketEvent['bucket'], 'name' | 'partition'>): string =>
  `arn:${partition}:s3:::${name}`;

/** The request that something happens by: a call of S3, as far as events tell of it. */
export interface EventCause {
  readonly scope: Scope;
  readonly accessKeyId: string | undefined;
  readonly requestId: string;
  readonly hostId: string;
  readonly headers: IncomingHttpHeaders;
  readonly clock: Clock;
}
