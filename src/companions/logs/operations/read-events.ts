/** The operations that read events: one stream page by page, or all of a group that fit. */
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { LogGroup, LogStream, StoredEvent } from '../log-group.ts';
import type { LogStore } from '../log-store.ts';
import { invalidParameter, requireGroup, requireStream } from '../logs-faults.ts';
import { filterOf, type LogsOperation } from './logs-operation.ts';

interface Span {
  readonly startTime?: number | undefined;
  /** Not included. */
  readonly endTime?: number | undefined;
}

const isWithin = ({ timestamp }: StoredEvent, { startTime = 0, endTime = Number.POSITIVE_INFINITY }: Span): boolean =>
  timestamp >= startTime && timestamp < endTime;

const mostEvents = 10_000;

/** 56 digits, as AWS's ids have. */
export const eventId = ({ id }: StoredEvent): string => String(id).padStart(56, '3');

/** `GetLogEvents`: the newest page unless told to start at the head; tokens lead on in both directions. */
export const getLogEvents =
  (store: LogStore): LogsOperation<'GetLogEvents'> =>
  (input, { scope }) => {
    const {
      logGroupName,
      logGroupIdentifier,
      logStreamName,
      limit = mostEvents,
      nextToken,
      startFromHead = false,
    } = input;
    const group = requireGroup(store, scope, { logGroupName, logGroupIdentifier });
    const stream = requireStream(group, logStreamName);
    const events = store.events(group, stream).filter((event) => isWithin(event, input));
    const page = pageOf(events, limit, nextToken, startFromHead);
    // Where there is nothing more, the token is the one that was given.
    const [first, last] = [page[0], page.at(-1)];
    const direction = nextToken?.slice(0, 1);
    return {
      events: page.map(({ timestamp, message, ingested }) => ({ timestamp, message, ingestionTime: ingested })),
      nextForwardToken: last === undefined && direction === 'f' ? nextToken : `f/${positionOf(last)}`,
      nextBackwardToken: first === undefined && direction === 'b' ? nextToken : `b/${positionOf(first)}`,
    };
  };

const positionOf = (event: StoredEvent | undefined): string => String(event?.id ?? 0).padStart(56, '0');

function pageOf(events: readonly StoredEvent[], limit: number, token: string | undefined, fromHead: boolean) {
  if (token === undefined) return fromHead ? events.slice(0, limit) : events.slice(-limit);
  const [, direction, digits = ''] = /^([fb])\/(\d{56})$/.exec(token) ?? [];
  if (direction === undefined) throw invalidParameter('The specified nextToken is invalid.');
  const id = Number(digits);
  const at = events.findIndex((event) => event.id === id);
  if (direction === 'f') return events.slice(id === 0 ? 0 : at + 1, (id === 0 ? 0 : at + 1) + limit);
  const end = Math.max(at, 0);
  return events.slice(Math.max(end - limit, 0), end);
}

interface FoundEvent {
  readonly stream: LogStream;
  readonly event: StoredEvent;
}

/** `FilterLogEvents`: events of several streams in the order of their times, page by page. */
export const filterLogEvents =
  (store: LogStore): LogsOperation<'FilterLogEvents'> =>
  (input, { scope }) => {
    const { logGroupName, logGroupIdentifier, filterPattern, limit = mostEvents, nextToken } = input;
    const group = requireGroup(store, scope, { logGroupName, logGroupIdentifier });
    const fits = filterOf(filterPattern);
    const found = streamsOf(group, input)
      .flatMap((stream) => store.events(group, stream).map((event): FoundEvent => ({ stream, event })))
      .filter(({ event }) => isWithin(event, input) && fits(event.message))
      .toSorted((a, b) => a.event.timestamp - b.event.timestamp || a.event.id - b.event.id);
    const after = nextToken === undefined ? undefined : Number(decodeMarker(nextToken) ?? Number.NaN);
    if (Number.isNaN(after)) throw invalidParameter('The specified nextToken is invalid.');
    const from = after === undefined ? 0 : found.findIndex(({ event }) => event.id === after) + 1;
    const page = found.slice(from, from + limit);
    const last = page.at(-1);
    const hasMore = from + page.length < found.length;
    return {
      events: page.map(({ stream, event }) => ({
        logStreamName: stream.name,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingested,
        eventId: eventId(event),
      })),
      searchedLogStreams: [],
      ...(hasMore && last !== undefined ? { nextToken: encodeMarker(String(last.event.id)) } : {}),
    };
  };

interface NamesStreams {
  readonly logStreamNames?: readonly string[] | undefined;
  readonly logStreamNamePrefix?: string | undefined;
}

/** @throws ServiceError for both at once, or a stream that is not there */
function streamsOf(group: LogGroup, { logStreamNames, logStreamNamePrefix }: NamesStreams): readonly LogStream[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNamePrefix and logStreamNames are mutually exclusive.');
  }
  if (logStreamNames !== undefined) return logStreamNames.map((name) => requireStream(group, name));
  return [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}
