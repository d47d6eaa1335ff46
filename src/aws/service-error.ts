/** An error as the service itself would answer it; `gateway/fault.ts` is the one place that puts it on the wire. */

export interface ServiceErrorOptions {
  /**
   * Whose fault, as the body's `Type` member says it; `null` leaves the member out, as AWS does for
   * ValidationException and a few more. Default `User`.
   */
  readonly type?: 'User' | 'Service' | null;
  /** Further members of the body, `Reason` for example. */
  readonly members?: Readonly<Record<string, string | number>>;
  /** Further headers, `Retry-After` for example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** HTTP status, for errors that the service's model does not hold (the front end's own). */
  readonly status?: number;
  readonly cause?: unknown;
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The exception's name on the wire, `ResourceNotFoundException` for example. */
  readonly code: string;
  readonly options: ServiceErrorOptions;

  constructor(code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.options = options;
  }
}

/** A constraint of the API's model was violated. AWS's front end raises it before any operation runs. */
export const validationException = (message: string): ServiceError =>
  new ServiceError('ValidationException', message, { type: null, status: 400 });
