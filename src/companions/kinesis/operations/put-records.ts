/** `PutRecord` and `PutRecords`, which check and place a record alike. */
import { validationException } from '../../../aws/service-error.ts';
import type { Random } from '../../../kernel/random.ts';
import { invalidArgument } from '../kinesis-faults.ts';
import { hashKeyOf, lastHashKey } from '../shard/hash-key.ts';
import { parseSequenceNumber } from '../shard/sequence-number.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { type KinesisOperation, stopDryRun } from './kinesis-operation.ts';

interface GivenRecord {
  readonly Data: Buffer;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}

/** Source: Kinesis API reference, PutRecords: of all records of a request with their partition keys. */
const longestRequest = 10 * 1024 * 1024;

export const putRecord =
  (store: StreamStore, random: Random): KinesisOperation<'PutRecord'> =>
  (input, { scope }) => {
    const stream = store.requireReadable(scope, input);
    requireFit(stream, input, 'partitionKey', 'data');
    if (input.SequenceNumberForOrdering !== undefined) requireKnown(stream, input.SequenceNumberForOrdering);
    const hashKey = placeOf(stream, input, random);
    stopDryRun(input);
    return answerOf(stream, hashKey, input);
  };

/** All checks come first, so that a faulty request changes nothing. */
export const putRecords =
  (store: StreamStore, random: Random): KinesisOperation<'PutRecords'> =>
  (input, { scope }) => {
    const stream = store.requireReadable(scope, input);
    const total = input.Records.reduce((sum, record) => sum + sizeOf(record), 0);
    if (total > longestRequest) throw invalidArgument('Records size exceeds 10 MB limit');
    const places = input.Records.map((record, at) => {
      requireFit(stream, record, `records.${at + 1}.member.partitionKey`, `records.${at + 1}.member.data`);
      return { record, hashKey: placeOf(stream, record, random) };
    });
    stopDryRun(input);
    const Records = places.map(({ record, hashKey }) => {
      const { ShardId, SequenceNumber } = answerOf(stream, hashKey, record);
      return { ShardId, SequenceNumber };
    });
    return { FailedRecordCount: 0, Records, EncryptionType: encryptionOf(stream) };
  };

const sizeOf = ({ Data, PartitionKey = '' }: GivenRecord): number => Data.length + Buffer.byteLength(PartitionKey);

/** @throws ServiceError */
function requireFit({ settings }: DataStream, record: GivenRecord, keyPath: string, dataPath: string): void {
  if (record.PartitionKey === undefined && settings.distribution !== 'AUTO') {
    throw validationException(
      `1 validation error detected: Value null at '${keyPath}' failed to satisfy constraint: Member must not be null`,
    );
  }
  const limit = settings.maxRecordKiB * 1024;
  if (sizeOf(record) <= limit) return;
  throw validationException(
    `1 validation error detected: Value at '${dataPath}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${limit}`,
  );
}

/** The hash key that decides on the shard. @throws ServiceError for one that is too large */
function placeOf({ settings }: DataStream, { PartitionKey, ExplicitHashKey }: GivenRecord, random: Random): bigint {
  if (ExplicitHashKey !== undefined) {
    const hashKey = BigInt(ExplicitHashKey);
    if (hashKey > lastHashKey) {
      throw invalidArgument(
        `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
      );
    }
    return hashKey;
  }
  if (PartitionKey === undefined || settings.distribution === 'AUTO') return BigInt(`0x${random.hex(16)}`);
  return hashKeyOf(PartitionKey);
}

function answerOf(stream: DataStream, hashKey: bigint, { Data, PartitionKey }: GivenRecord) {
  const { shard, record } = stream.put(hashKey, { partitionKey: PartitionKey, data: Data });
  return { ShardId: shard.id, SequenceNumber: String(record.sequence), EncryptionType: encryptionOf(stream) };
}

const encryptionOf = ({ settings }: DataStream): 'KMS' | undefined =>
  settings.keyId === undefined ? undefined : 'KMS';

/** Every later number is larger in any case, so it is enough that this one was handed out here. @throws ServiceError */
function requireKnown(stream: DataStream, text: string): void {
  const parts = parseSequenceNumber(text)?.parts;
  const { name, scope } = stream.origin;
  if (parts !== undefined && parts.generation >= stream.created && parts.arrival <= stream.now) return;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${text} used in PutRecord on stream ${name} under account ${scope.account} is invalid.`,
  );
}
