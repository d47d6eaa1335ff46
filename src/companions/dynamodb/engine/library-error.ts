/** Turns what the library throws into what is thrown here. */
import { ServiceError } from '../../../aws/service-error.ts';
import type { LibraryFault } from './library.ts';

/** An error whose body has more than a text: the item that failed a condition, the reasons of a cancelled transaction. */
export class DetailedError extends ServiceError {
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>>) {
    super(code, message, { type: null });
    this.details = details;
  }
}

/** @returns What the library meant for the client; nothing for a fault of its own. */
export function clientError(fault: unknown): ServiceError | undefined {
  const { statusCode, body } = fault as LibraryFault;
  if (statusCode === undefined || body === undefined) return undefined;
  const code = body.__type.slice(body.__type.lastIndexOf('#') + 1);
  return new ServiceError(code, body.message ?? body.Message ?? '', { type: null, status: statusCode });
}
