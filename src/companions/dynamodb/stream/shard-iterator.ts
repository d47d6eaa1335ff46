/** Shard iterators: where in a shard reading goes on, as a text that the client gives back. */
import { ServiceError, validationException } from '../../../aws/service-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import { type Position, position } from './sequence-numbers.ts';

export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  readonly from: ReadFrom;
}

/** The oldest record that there is when it is used, or a position that must still be there. */
export type ReadFrom = { readonly kind: 'oldest' } | { readonly kind: 'position'; readonly position: Position };

/** Source: API reference, "GetShardIterator". */
const lifetime = milliseconds(15 * 60 * 1000);

/** The text begins with the stream's ARN, as AWS's does. */
export function encodeIterator({ streamArn, shardId, from }: ShardIterator, clock: Clock): string {
  const place = from.kind === 'oldest' ? 'oldest' : String(from.position);
  return `${streamArn}|1|${Buffer.from(`${shardId}/${place}/${clock.now()}`).toString('base64')}`;
}

/** @throws ServiceError for a text that is no iterator, or one that is too old */
export function decodeIterator(text: string, clock: Clock): ShardIterator {
  const [streamArn = '', , encoded = ''] = text.split('|');
  const [, shardId = '', place = '', issued] =
    /^([^/]+)\/(oldest|\d{1,15})\/(\d{1,15})$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (issued === undefined) throw validationException('Invalid ShardIterator');
  if (isOver(milliseconds(Number(issued)), clock)) {
    throw new ServiceError(
      'ExpiredIteratorException',
      'The shard iterator has expired and can no longer be used to retrieve stream records. ' +
        'A shard iterator expires 15 minutes after it is retrieved using the GetShardIterator action.',
      { type: null },
    );
  }
  const from: ReadFrom =
    place === 'oldest' ? { kind: 'oldest' } : { kind: 'position', position: position(Number(place)) };
  return { streamArn, shardId, from };
}

const isOver = (issued: Milliseconds, clock: Clock): boolean => clock.now() >= issued + lifetime;
