/** A provisioned concurrency configuration as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { ProvisionedConcurrencyRecord } from './provisioned-concurrency-record.ts';

const statuses = { 'in-progress': 'IN_PROGRESS', ready: 'READY', failed: 'FAILED' } as const;

export const provisionedConcurrencyOutput = (
  config: ProvisionedConcurrencyRecord,
): LambdaOperations['GetProvisionedConcurrencyConfig']['output'] => ({
  RequestedProvisionedConcurrentExecutions: config.requested,
  AvailableProvisionedConcurrentExecutions: config.allocated,
  AllocatedProvisionedConcurrentExecutions: config.allocated,
  Status: statuses[config.state.kind],
  StatusReason: config.state.kind === 'failed' ? config.state.reason : undefined,
  // Whole seconds, and the offset without its colon.
  LastModified: isoTimestamp(config.lastModified).replace(/\.\d+Z$/, '+0000'),
});
