/** The text that says where a reader of a shard stands; clients hand it back and know nothing of what is in it. */

import { milliseconds } from '../../../kernel/quantity.ts';
import { dateOf } from '../../../kernel/timestamp.ts';

export interface ShardIterator {
  readonly streamName: string;
  /** Tells a stream from a later one of the same name. */
  readonly streamCreated: number;
  readonly shardId: string;
  /** Inclusive. */
  readonly position: bigint;
  /** When it was handed out, milliseconds since the epoch. */
  readonly issued: number;
}

/** Source: Kinesis API reference, GetShardIterator: five minutes. */
export const iteratorLifetime = 300_000;

const version = 'lambdad-1';

export const encodeIterator = ({ streamName, streamCreated, shardId, position, issued }: ShardIterator): string =>
  Buffer.from([version, streamName, streamCreated, shardId, position.toString(36), issued].join(':')).toString(
    'base64',
  );

/** @returns nothing for what `encodeIterator` did not make */
export function decodeIterator(text: string): ShardIterator | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return undefined;
  const [made, streamName = '', streamCreated = '', shardId = '', position = '', issued = '', ...more] = bytes
    .toString('utf8')
    .split(':');
  const isNumber = (part: string): boolean => /^\d{1,15}$/.test(part);
  if (made !== version || more.length > 0 || !isNumber(streamCreated) || !isNumber(issued)) return undefined;
  if (!/^[0-9a-z]{1,40}$/.test(position)) return undefined;
  return {
    streamName,
    streamCreated: Number(streamCreated),
    shardId,
    position: fromBase36(position),
    issued: Number(issued),
  };
}

function fromBase36(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value;
}

/** `Sun Oct 10 05:17:11 UTC 2021`, as Java prints a date and AWS's messages hold it. */
export function javaDate(time: number): string {
  const [day = '', date = '', month = '', year = '', clock = ''] = dateOf(milliseconds(time))
    .toUTCString()
    .split(/,? /);
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}
