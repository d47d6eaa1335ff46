import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import type { Random } from '../../../kernel/random.ts';
import type { AppendedEvent, LogStore } from '../log-store.ts';
import { groupNameIn, requireGroup } from '../logs-faults.ts';
import { filterOf, type LogsOperation } from './logs-operation.ts';

/** Events are handed on once a second, and none for very long. Source: CloudWatch Logs user guide, "Live Tail". */
const interval = milliseconds(1000);
const longestSession = 3 * 60 * 60 * 1000;
const mostInUpdate = 500;

/** `StartLiveTail`: a stream of what comes from now on, once a second, until the client leaves. */
export const startLiveTail =
  (store: LogStore, clock: Clock, random: Random): LogsOperation<'StartLiveTail'> =>
  (input, { scope, requestId, signal }) => {
    const { logGroupIdentifiers, logStreamNames, logStreamNamePrefixes, logEventFilterPattern } = input;
    const groups = logGroupIdentifiers.map((identifier) =>
      requireGroup(store, scope, { logGroupName: groupNameIn(identifier) }),
    );
    const fits = filterOf(logEventFilterPattern);
    const isWanted = ({ group, stream, event }: AppendedEvent): boolean =>
      groups.includes(group) &&
      (logStreamNames === undefined || logStreamNames.includes(stream.name)) &&
      (logStreamNamePrefixes === undefined || logStreamNamePrefixes.some((prefix) => stream.name.startsWith(prefix))) &&
      fits(event.message);
    const sessionStart = { ...input, requestId, sessionId: random.uuid() };
    return { responseStream: session() };

    async function* session() {
      const ends = clock.now() + longestSession;
      let waiting: AppendedEvent[] = [];
      using _watch = store.watch((appended) => {
        if (isWanted(appended)) waiting.push(appended);
      });
      yield { sessionStart: { ...sessionStart, logGroupIdentifiers: groups.map(({ arn }) => arn) } };
      while (!signal.aborted && clock.now() < ends) {
        await clock.sleep(interval, signal).catch(() => undefined);
        if (signal.aborted) return;
        const shown = waiting.slice(0, mostInUpdate);
        const sampled = waiting.length > shown.length;
        waiting = [];
        yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults: shown.map(resultOf) } };
      }
    }
  };

const resultOf = ({ group, stream, event }: AppendedEvent) => ({
  logStreamName: stream.name,
  logGroupIdentifier: `${group.scope.account}:${group.name}`,
  message: event.message,
  timestamp: event.timestamp,
  ingestionTime: event.ingested,
});
