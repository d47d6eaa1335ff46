/** With DEBUG=1 the person at the terminal sees what functions log, each event shortened to LAMBDA_TRUNCATE_STDOUT. */
import type { Scope } from '../aws/scope.ts';
import type { LogEvent, LogSink } from '../environment/log-sink.ts';
import type { Logger } from '../kernel/logger.ts';

/** @param longest in characters; 0 shows everything */
export function shownLog(sink: LogSink, logger: Logger, longest: number): LogSink {
  const shown = (message: string): string =>
    longest > 0 && message.length > longest ? `${message.slice(0, longest)}…` : message;
  return {
    append(event: LogEvent, scope: Scope): void {
      sink.append(event, scope);
      logger.debug(`${event.functionName}: ${shown(event.message)}`);
    },
  };
}
