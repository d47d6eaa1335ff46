/** Takes events that are run later: a port, since what runs them lies behind this room. */
import { bytes } from '../../kernel/quantity.ts';
import type { InvocationRequest } from '../invoke.ts';

export interface EventAcceptor {
  /** @throws ServiceError when the target does not exist or is not Active. */
  accept(request: InvocationRequest): void;
}

/** Largest event of an asynchronous invocation. Source: Lambda developer guide, "Lambda quotas". */
export const maxEvent = bytes(1024 * 1024);
