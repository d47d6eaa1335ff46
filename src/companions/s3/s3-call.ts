/** One call of S3's API, as an operation sees it beside its input. */
import type { IncomingHttpHeaders } from 'node:http';
import type { S3Operations } from '../../aws/generated/s3-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { BucketStore } from './bucket/bucket-store.ts';
import type { ChecksumAlgorithm } from './checksum/checksum-algorithm.ts';
import type { Content } from './content/content.ts';
import type { Notifier } from './notification/notifier.ts';
import type { ObjectChecksum } from './object/object-version.ts';

/** A body that was taken in whole and is what the client says it is. */
export interface ReceivedContent {
  /** Its uses are the receiver's. */
  readonly content: Content;
  readonly md5: Buffer;
  readonly checksum: ObjectChecksum;
}

export interface S3Call extends CompanionCall {
  /** What answers call `x-amz-id-2`. */
  readonly hostId: string;
  readonly buckets: BucketStore;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly random: Random;
  /** Also what a pre-signed URL has in its query instead. */
  readonly headers: IncomingHttpHeaders;
  /**
   * Takes the request's body in, once.
   * @param algorithm of the checksum; absent, the client's or S3's own choice
   * @throws ServiceError for a body that is too large, breaks off, or is not what was announced
   */
  receive(limit: number, algorithm?: ChecksumAlgorithm): Promise<ReceivedContent>;
}

export type S3Operation<Name extends keyof S3Operations> = Operation<
  S3Operations[Name]['input'],
  S3Operations[Name]['output'],
  S3Call
>;
