/** The operations on log streams. */
import type { LogStream } from '../log-group.ts';
import type { LogStore } from '../log-store.ts';
import { alreadyExists, invalidParameter, requireGroup, requireStream } from '../logs-faults.ts';
import { type LogsOperation, logsPage } from './logs-operation.ts';

export const createLogStream =
  (store: LogStore): LogsOperation<'CreateLogStream'> =>
  ({ logGroupName, logStreamName }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    if (group.streams.has(logStreamName)) throw alreadyExists('stream');
    store.createStream(group, logStreamName);
    return {};
  };

export const deleteLogStream =
  (store: LogStore): LogsOperation<'DeleteLogStream'> =>
  ({ logGroupName, logStreamName }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    store.removeStream(group, requireStream(group, logStreamName));
    return {};
  };

const lastEvent = ({ events }: LogStream): number => events.at(-1)?.timestamp ?? 0;

export const describeLogStreams =
  (store: LogStore): LogsOperation<'DescribeLogStreams'> =>
  (input, { scope }) => {
    const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false, limit = 50, nextToken } = input;
    const { logGroupName, logGroupIdentifier } = input;
    const group = requireGroup(store, scope, { logGroupName, logGroupIdentifier });
    if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const ordered = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
      .toSorted((a, b) => (orderBy === 'LastEventTime' ? lastEvent(a) - lastEvent(b) : a.name < b.name ? -1 : 1));
    if (descending) ordered.reverse();
    const page = logsPage(ordered, ({ name }) => name, limit, nextToken);
    const logStreams = page.items.map((stream) => {
      const events = store.events(group, stream);
      return {
        logStreamName: stream.name,
        creationTime: stream.created,
        firstEventTimestamp: events[0]?.timestamp,
        lastEventTimestamp: events.at(-1)?.timestamp,
        lastIngestionTime: stream.lastIngestion,
        uploadSequenceToken: sequenceToken(stream),
        arn: stream.arn,
        storedBytes: 0,
      };
    });
    return { logStreams, nextToken: page.nextToken };
  };

/** Clients of old hand it back; it has meant nothing since 2023. */
export const sequenceToken = ({ events }: LogStream): string => String(events.at(-1)?.id ?? 0).padStart(56, '49');
