/** Where the lines of functions go: a port, so that a buffer in memory and CloudWatch Logs are the same to us. */
import type { Scope } from '../aws/scope.ts';
import type { Milliseconds } from '../kernel/quantity.ts';

export interface LogEvent {
  readonly timestamp: Milliseconds;
  readonly logGroup: string;
  readonly logStream: string;
  readonly functionName: string;
  /** One event without its line end. */
  readonly message: string;
}

export interface LogSink {
  /** @param scope of the function */
  append(event: LogEvent, scope: Scope): void;
}
