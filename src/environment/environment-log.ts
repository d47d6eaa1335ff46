/** The log stream of one environment: what its processes write, and the platform's lines between. */
import type { Clock } from '../kernel/clock.ts';
import { afterPoll } from '../kernel/event-loop.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { TelemetryFact } from '../runtime-api/telemetry/telemetry-event.ts';
import { isSeriousEnough } from './application-level.ts';
import type { LogSink } from './log-sink.ts';
import { LogTail } from './log-tail.ts';
import { OutputLines } from './output-lines.ts';
import type { PlatformEvent } from './platform-event.ts';
import { platformLine } from './platform-line.ts';
import { QuietOutput } from './quiet-output.ts';

export class EnvironmentLog {
  /** `YYYY/MM/DD/[<version>]<environment id>`. Source: Lambda developer guide, "Sending logs to CloudWatch Logs". */
  readonly stream: string;
  /** `2026/01/31`, when the environment was started. */
  readonly day: string;
  readonly #version: FunctionVersion;
  readonly #sink: LogSink;
  readonly #clock: Clock;
  readonly #outputLag: Milliseconds | undefined;
  // Runtimes join the lines of one event (a stack trace, a console message) by carriage returns; at AWS they are line feeds.
  readonly #output = new OutputLines((text) => this.#written(text.replaceAll('\r', '\n')));
  readonly #extensionOutput = new OutputLines((text) => {
    this.line(text);
    this.tap?.({ type: 'extension', record: text });
  });
  /** Told of all that is written here before the log's own format and levels are asked. */
  tap: ((fact: TelemetryFact) => void) | undefined;
  #tail: LogTail | undefined;
  #unsettled: (() => void) | undefined;
  #quiet: QuietOutput | undefined;

  /** @param outputLag how long output may be on its way; undefined where the process writes straight to the daemon */
  constructor(
    version: FunctionVersion,
    environmentId: string,
    sink: LogSink,
    clock: Clock,
    outputLag: Milliseconds | undefined,
  ) {
    this.day = isoTimestamp(clock.now()).slice(0, 10).replaceAll('-', '/');
    this.stream = `${this.day}/[${version.version}]${environmentId}`;
    this.#version = version;
    this.#sink = sink;
    this.#clock = clock;
    this.#outputLag = outputLag;
  }

  /** Output of the environment's processes, as it comes. */
  readonly output = (chunk: Buffer): void => {
    this.#quiet?.disturbed();
    this.#output.write(chunk);
  };

  /** The same of its external extensions. */
  extensionOutput(chunk: Buffer): void {
    this.#extensionOutput.write(chunk);
  }

  /** One event of the stream. */
  line(message: string): void {
    this.#tail?.add(message);
    const { logGroup, functionName, scope } = this.#version;
    this.#sink.append({ timestamp: this.#clock.now(), logGroup, logStream: this.stream, functionName, message }, scope);
  }

  /** What the platform says, as far as the function wants to have it in its log. */
  platform(event: PlatformEvent): void {
    this.tap?.(event);
    const line = platformLine(event, this.#version.logging, this.#clock.now());
    if (line !== undefined) this.line(line);
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
      this.#quiet?.[Symbol.dispose]();
      this.#quiet = undefined;
      this.#output.flush();
      task();
    };
    this.#unsettled = settle;
    if (this.#outputLag === undefined) afterPoll(settle);
    else this.#quiet = new QuietOutput(this.#clock, this.#outputLag, settle);
  }

  /** Runs what `afterOutput` still holds back: the next invocation begins, or the environment ends. */
  settle(): void {
    this.#unsettled?.();
  }

  /** The process is gone: what it left unfinished is a line. */
  flush(): void {
    this.settle();
    this.#output.flush();
    this.#extensionOutput.flush();
  }

  #written(text: string): void {
    this.tap?.({ type: 'function', record: text });
    const { logging } = this.#version;
    if (logging.format === 'Text' || isSeriousEnough(text, logging.applicationLevel)) this.line(text);
  }
}
