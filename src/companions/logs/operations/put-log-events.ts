import { ServiceError } from '../../../aws/service-error.ts';
import type { LogStore } from '../log-store.ts';
import { invalidParameter, requireGroup, requireStream } from '../logs-faults.ts';
import type { LogsOperation } from './logs-operation.ts';
import { sequenceToken } from './streams.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
/** Bytes of a batch, each event with 26 more. Source: CloudWatch Logs API reference, PutLogEvents. */
const longestBatch = 1_048_576;
const eventBytes = 26;

/** `PutLogEvents`: what is too old, too new or expired is left out, and the answer says which. */
export const putLogEvents =
  (store: LogStore): LogsOperation<'PutLogEvents'> =>
  ({ logGroupName, logStreamName, logEvents }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    const stream = requireStream(group, logStreamName);
    checkBatch(logEvents);
    const now = store.now();
    const expired = now - (group.retentionInDays ?? Number.POSITIVE_INFINITY) * day;
    const tooOld = logEvents.findLastIndex(({ timestamp }) => timestamp < now - 14 * day) + 1;
    const gone = logEvents.findLastIndex(({ timestamp }) => timestamp < expired) + 1;
    const future = logEvents.findIndex(({ timestamp }) => timestamp > now + 2 * hour);
    const end = future < 0 ? logEvents.length : future;
    for (const { timestamp, message } of logEvents.slice(Math.max(tooOld, gone), end)) {
      store.append(group, stream, timestamp, message);
    }
    const rejected = {
      ...(future < 0 ? {} : { tooNewLogEventStartIndex: future }),
      ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
      ...(gone === 0 ? {} : { expiredLogEventEndIndex: gone }),
    };
    return {
      nextSequenceToken: sequenceToken(stream),
      ...(Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected }),
    };
  };

interface SentEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** @throws ServiceError for a batch that is refused whole */
function checkBatch(events: readonly SentEvent[]): void {
  let size = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (const { timestamp, message } of events) {
    if (timestamp < before) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    before = timestamp;
    size += Buffer.byteLength(message) + eventBytes;
  }
  if (before - (events[0]?.timestamp ?? before) > day) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
  if (size > longestBatch) {
    throw new ServiceError(
      'InvalidParameterException',
      `Upload too large: ${size} bytes exceeds limit of ${longestBatch}`,
    );
  }
}
