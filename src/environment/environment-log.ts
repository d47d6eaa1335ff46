/** The log stream of one environment: what its processes write, and the platform's lines between. */
import type { Clock } from '../kernel/clock.ts';
import { afterPoll } from '../kernel/event-loop.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { LogSink } from './log-sink.ts';
import { LogTail } from './log-tail.ts';
import { OutputLines } from './output-lines.ts';

export class EnvironmentLog {
  /** `YYYY/MM/DD/[<version>]<environment id>`. Source: Lambda developer guide, "Sending logs to CloudWatch Logs". */
  readonly stream: string;
  readonly #version: FunctionVersion;
  readonly #sink: LogSink;
  readonly #clock: Clock;
  // Runtimes join the lines of one event (a stack trace, a console message) by carriage returns; at AWS they are line feeds.
  readonly #output = new OutputLines((text) => this.line(text.replaceAll('\r', '\n')));
  #tail: LogTail | undefined;
  #unsettled: (() => void) | undefined;

  constructor(version: FunctionVersion, environmentId: string, sink: LogSink, clock: Clock) {
    const day = isoTimestamp(clock.now()).slice(0, 10).replaceAll('-', '/');
    this.stream = `${day}/[${version.version}]${environmentId}`;
    this.#version = version;
    this.#sink = sink;
    this.#clock = clock;
  }

  /** Output of the environment's processes, as it comes. */
  readonly output = (chunk: Buffer): void => this.#output.write(chunk);

  /** One event of the stream. */
  line(message: string): void {
    this.#tail?.add(message);
    this.#sink.append({
      timestamp: this.#clock.now(),
      logGroup: this.#version.logGroup,
      logStream: this.stream,
      functionName: this.#version.functionName,
      message,
    });
  }

  /** Keeps the end of what is logged from here on, until `endTail`. */
  beginTail(): void {
    this.#tail = new LogTail();
  }

  endTail(): Buffer {
    const tail = this.#tail?.bytes() ?? Buffer.alloc(0);
    this.#tail = undefined;
    return tail;
  }

  /** Runs `task` when all that the process wrote before it answered is in the log; its last, unfinished line included. */
  afterOutput(task: () => void): void {
    const settle = (): void => {
      if (this.#unsettled !== settle) return;
      this.#unsettled = undefined;
      this.#output.flush();
      task();
    };
    this.#unsettled = settle;
    afterPoll(settle);
  }

  /** Runs what `afterOutput` still holds back: the next invocation begins, or the environment ends. */
  settle(): void {
    this.#unsettled?.();
  }

  /** The process is gone: what it left unfinished is a line. */
  flush(): void {
    this.settle();
    this.#output.flush();
  }
}
