/** One invocation in its environment's log: START, what the function writes, END, REPORT. */
import type { RequestId } from '../aws/call.ts';
import type { Environment } from '../environment/environment.ts';
import type { EnvironmentLog } from '../environment/environment-log.ts';
import { endLine, type Report, reportLine, startLine } from './report-line.ts';

/** A report but for the memory, which is read when the invocation has ended. */
export type ReportFields = Omit<Report, 'requestId' | 'maxMemory'>;

export class InvocationLog {
  readonly #log: EnvironmentLog;
  readonly #environment: Environment;
  readonly #requestId: RequestId;
  readonly #tailed: boolean;

  constructor(environment: Environment, requestId: RequestId, tailed: boolean) {
    this.#environment = environment;
    this.#log = environment.log;
    this.#requestId = requestId;
    this.#tailed = tailed;
  }

  start(): void {
    this.#log.settle();
    if (this.#tailed) this.#log.beginTail();
    this.#log.line(startLine(this.#requestId, this.#environment.version));
  }

  /** Writes END and REPORT behind all output; the caller of an untailed invocation does not wait for that. */
  end(lines: readonly string[], fields: ReportFields): Promise<Buffer> | undefined {
    if (!this.#tailed) {
      this.#log.afterOutput(() => this.#close(lines, fields));
      return undefined;
    }
    return new Promise((resolve) => {
      this.#log.afterOutput(() => {
        this.#close(lines, fields);
        resolve(this.#log.endTail());
      });
    });
  }

  #close(lines: readonly string[], fields: ReportFields): void {
    for (const line of lines) this.#log.line(line);
    this.#log.line(endLine(this.#requestId));
    const report = { ...fields, requestId: this.#requestId, maxMemory: this.#environment.maxMemory };
    this.#log.line(reportLine(report, this.#environment.version));
  }
}
