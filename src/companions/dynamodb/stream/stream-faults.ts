/** What the operations on streams refuse. */
import { ServiceError } from '../../../aws/service-error.ts';
import type { StreamCatalogue } from './stream-catalogue.ts';
import type { TableStream } from './table-stream.ts';

/** @throws ServiceError when there is no such stream */
export function requireStream(streams: StreamCatalogue, arn: string): TableStream {
  const stream = streams.find(arn);
  if (stream === undefined) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return stream;
}

/** @throws ServiceError when the stream has no such shard */
export function requireShard(stream: TableStream, shardId: string): void {
  const { shardId: own, identity } = stream;
  if (shardId !== own) {
    throw notFound(`Requested resource not found: Shard: ${shardId} in Stream: ${identity.arn} not found`);
  }
}

export const trimmedDataAccess = (): ServiceError =>
  new ServiceError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
    { type: null },
  );

const notFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message, { type: null });
