/** A log sink that keeps everything. */
import type { LogEvent, LogSink } from '../../src/environment/log-sink.ts';

export class RecordedLog implements LogSink {
  readonly events: LogEvent[] = [];

  append(event: LogEvent): void {
    this.events.push(event);
  }

  get lines(): readonly string[] {
    return this.events.map(({ message }) => message);
  }
}
