/** What functions write goes to two places: the buffer that `lambdad logs` reads, and CloudWatch Logs. */
import type { Scope } from '../aws/scope.ts';
import type { LogStore } from '../companions/logs/log-store.ts';
import type { LogEvent, LogSink } from '../environment/log-sink.ts';

/** Both keep the same strings: an event is not held twice. */
export const functionLogs = (buffer: LogSink, store: LogStore): LogSink => ({
  append(event: LogEvent, scope: Scope): void {
    buffer.append(event, scope);
    store.write(scope, event.logGroup, event.logStream, event.timestamp, event.message);
  },
});
