import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { invalidArgument } from '../kinesis-faults.ts';
import { filterTypes, type ShardFilter, shardsThatFit } from '../shard/shard-filter.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { shardOutput, shardsAfter } from './describe-stream.ts';
import { date, type KinesisOperation } from './kinesis-operation.ts';

/** Source: Kinesis API reference, ListShards, MaxResults. */
const defaultPage = 1000;
/** Source: the same, NextToken, in milliseconds. */
const tokenLifetime = 300_000;

/** What a token stands for: the rest of the list that it came with. */
interface Continuation {
  readonly stream: string;
  readonly created: number;
  readonly after: string;
  readonly issued: number;
  /** With its timestamp in milliseconds, as JSON has no dates. */
  readonly filter?: { readonly Type: ShardFilter['Type']; readonly Timestamp?: number };
}

/** `ListShards`: a page of them, of a stream or of what a token continues. */
export const listShards =
  (store: StreamStore): KinesisOperation<'ListShards'> =>
  (input, { scope }) => {
    const { MaxResults = defaultPage, NextToken } = input;
    const continued = NextToken === undefined ? undefined : readToken(NextToken, input, store.clock.now());
    const stream = store.require(scope, continued === undefined ? input : { StreamName: continued.stream });
    const created = continued?.created ?? input.StreamCreationTimestamp?.getTime();
    requireCreation(stream, created);
    const filter = continued === undefined ? input.ShardFilter : filterOf(continued);
    const fitting = shardsThatFit(stream, filter);
    const rest = shardsAfter(fitting, continued?.after ?? input.ExclusiveStartShardId);
    const page = rest.slice(0, MaxResults);
    const last = page.at(-1);
    const hasMore = last !== undefined && page.length < rest.length;
    return {
      Shards: page.map(shardOutput),
      NextToken: hasMore ? tokenFor(stream, last.id, filter) : undefined,
    };
  };

/** @throws ServiceError */
function readToken(token: string, input: Readonly<Record<string, unknown>>, now: number): Continuation {
  const exclusive = ['StreamName', 'StreamARN', 'ExclusiveStartShardId', 'StreamCreationTimestamp', 'ShardFilter'];
  for (const other of exclusive) {
    if (input[other] !== undefined) throw invalidArgument(`NextToken and ${other} cannot be provided together.`);
  }
  const continuation = continuationOf(decodeMarker(token) ?? '');
  if (continuation === undefined) throw invalidArgument('NextToken is invalid.');
  if (now - continuation.issued > tokenLifetime) {
    throw new ServiceError('ExpiredNextTokenException', 'The pagination token passed to the operation is expired.');
  }
  return continuation;
}

/** @returns nothing for what `tokenFor` did not write */
function continuationOf(text: string): Continuation | undefined {
  try {
    const { stream, created, after, issued, filter } = JSON.parse(text) as Partial<Continuation>;
    const isWhole = typeof stream === 'string' && typeof after === 'string' && /^shardId-\d{12}$/.test(after);
    if (!isWhole || typeof created !== 'number' || typeof issued !== 'number') return undefined;
    if (filter === undefined) return { stream, created, after, issued };
    if (!filterTypes.includes(filter.Type)) return undefined;
    return { stream, created, after, issued, filter };
  } catch {
    return undefined;
  }
}

/** A stream may have been deleted and made again under its name. @throws ServiceError */
export function requireCreation({ origin, created }: DataStream, given: number | undefined): void {
  // Clients that know seconds alone leave the milliseconds out.
  if (given === undefined || given === created || given === Math.floor(created / 1000) * 1000) return;
  throw invalidArgument(
    `StreamCreationTimestamp ${date(given).toISOString()} is not that of stream ${origin.name} under account ${origin.scope.account}.`,
  );
}

const tokenFor = ({ origin, created, now }: DataStream, after: string, filter: ShardFilter | undefined): string =>
  encodeMarker(
    JSON.stringify({
      stream: origin.name,
      created,
      after,
      issued: now,
      ...(filter && { filter: { Type: filter.Type, Timestamp: filter.Timestamp?.getTime() } }),
    } satisfies { [K in keyof Continuation]: unknown }),
  );

function filterOf({ filter }: Continuation): ShardFilter | undefined {
  if (filter === undefined) return undefined;
  // What it began after is behind the page that the token came with.
  const Type = filter.Type === 'AFTER_SHARD_ID' ? 'FROM_TRIM_HORIZON' : filter.Type;
  return { Type, ...(filter.Timestamp !== undefined && { Timestamp: date(filter.Timestamp) }) };
}
