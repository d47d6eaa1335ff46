/** What environments are kept for: those of one purpose never run an invocation of another. */

export type Purpose =
  /** Started for an invocation, and kept for others that may follow. */
  | 'on-demand'
  /** Started ahead by provisioned concurrency. */
  | 'provisioned'
  /** As on demand, for the invocations of one tenant. */
  | `tenant ${string}`;
