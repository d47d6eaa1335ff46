/** Shows an account's limits and what it uses of them in a region. */
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { layerSize } from '../layer/layer-content.ts';
import { unlimited } from '../record-store.ts';
import type { VersionRecord } from '../version/version-record.ts';
import { versionsAfter } from '../version/versions-after.ts';

/**
 * `GetAccountSettings`; the size of code counts `$LATEST` and each version of every function and each version of every
 * layer.
 * @see AWS Lambda API reference, GetAccountSettings
 */
export const getAccountSettings: LambdaOperation<'GetAccountSettings'> = (_input, call) => {
  const { limits, concurrency, scope } = call;
  return {
    AccountLimit: {
      TotalCodeSize: limits.totalCodeSize,
      CodeSizeUnzipped: limits.codeSizeUnzipped,
      CodeSizeZipped: limits.codeSizeZipped,
      ConcurrentExecutions: limits.concurrentExecutions,
      UnreservedConcurrentExecutions: limits.concurrentExecutions - concurrency.in(scope).setAside,
    },
    AccountUsage: usageOf(call),
  };
};

function usageOf({ functions, stores, scope }: LambdaCall) {
  const records = functions.list(scope, undefined, unlimited);
  const ofFunctions = records
    .flatMap((record) => versionsAfter(record, undefined, unlimited, functions))
    .reduce((sum, version) => sum + codeSize(version), 0);
  const ofLayers = stores.layers
    .list(scope, '', undefined, unlimited)
    .flatMap(({ record }) => record.versions)
    .reduce((sum, version) => sum + layerSize(version), 0);
  return { TotalCodeSize: ofFunctions + ofLayers, FunctionCount: records.length };
}

/** An image lies in its registry. */
const codeSize = ({ source }: VersionRecord): number => (source.kind === 'zip' ? source.code.size : 0);
