/** Where a peer is known to differ from AWS, each with a sentence that says how: the test leaves that part out. */
export interface KnownDifferences {
  readonly batchChecks?: string;
  readonly deletedTwice?: string;
  readonly refusals?: string;
  readonly sequenceNumber?: string;
  readonly moveTask?: string;
}
