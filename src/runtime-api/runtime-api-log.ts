/** Tells the daemon's log what runtimes and extensions ask of the Runtime API, as far as the user wants to know. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../kernel/logger.ts';

/** From all to nothing. */
export const runtimeApiLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'panic'] as const;
export type RuntimeApiLevel = (typeof runtimeApiLevels)[number];

export const isRuntimeApiLevel = (text: unknown): text is RuntimeApiLevel =>
  runtimeApiLevels.some((level) => level === text);

export class RuntimeApiLog {
  readonly #logger: Logger;
  readonly #threshold: number;

  constructor(logger: Logger, level: RuntimeApiLevel) {
    this.#logger = logger;
    this.#threshold = runtimeApiLevels.indexOf(level);
  }

  /** @param environment whose request it is */
  request({ method, url }: IncomingMessage, response: ServerResponse, environment: string): void {
    const what = `Runtime API of ${environment}: ${method} ${url}`;
    // What waits for an event is answered much later, or never.
    if (this.#shows('trace')) this.#logger.info(what);
    response.on('finish', () => {
      const { statusCode } = response;
      if (statusCode >= 500) {
        if (this.#shows('error')) this.#logger.error(`${what} failed: ${statusCode}`);
      } else if (statusCode >= 400) {
        if (this.#shows('warn')) this.#logger.warn(`${what} was refused: ${statusCode}`);
      } else if (this.#shows('debug')) this.#logger.info(`${what} was answered: ${statusCode}`);
    });
  }

  #shows(level: RuntimeApiLevel): boolean {
    return runtimeApiLevels.indexOf(level) >= this.#threshold;
  }
}
