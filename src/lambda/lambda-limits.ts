/** What an account may upload and configure; AWS's quotas unless the daemon was told otherwise. */
import type { Bytes } from '../kernel/quantity.ts';

/** @see AWS Lambda Developer Guide, "Lambda quotas" */
export interface LambdaLimits {
  /** All code of the account, every version counted. */
  readonly totalCodeSize: Bytes;
  /** An archive uploaded in the request itself. */
  readonly codeSizeZipped: Bytes;
  readonly codeSizeUnzipped: Bytes;
  /** The user's environment variables, as compact JSON. */
  readonly environmentVariablesSize: Bytes;
  /** Of one account in one region. */
  readonly concurrentExecutions: number;
  /** Concurrency that reservations must leave over. */
  readonly minimumUnreservedConcurrency: number;
}
