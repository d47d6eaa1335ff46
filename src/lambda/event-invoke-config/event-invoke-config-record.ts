/** What is kept of how asynchronous invocations of a version or alias are treated. */
import type { Milliseconds, Seconds } from '../../kernel/quantity.ts';

export interface EventInvokeConfigRecord {
  /** `$LATEST`, a number or an alias. */
  readonly qualifier: string;
  /** From 0 to 2; undefined means the service's default, which is 2. */
  readonly maximumRetryAttempts: number | undefined;
  /** Undefined means the service's default, which is six hours. */
  readonly maximumEventAge: Seconds | undefined;
  /** ARN of where the record of a successful invocation goes. */
  readonly onSuccess: string | undefined;
  /** ARN of where the record of an event goes that was given up. */
  readonly onFailure: string | undefined;
  /** Epoch. */
  readonly lastModified: Milliseconds;
}
