/** What a Docker engine refused, or that there was none to ask. */

export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** Of the engine's answer; `undefined` when none came. */
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof EngineError && error.status === 404;

/** Whether no engine answered: it stopped, or was never there. */
export const isUnreachable = (error: unknown): boolean => error instanceof EngineError && error.status === undefined;
