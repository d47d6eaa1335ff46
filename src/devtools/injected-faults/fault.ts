/** One fault that is kept, and which invocations it concerns. */
import type { FaultEffect, FaultScope } from '../../invocation/fault-wish.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';

export interface Fault {
  readonly id: string;
  readonly scope: FaultScope;
  readonly effect: FaultEffect;
  /** How many times more it strikes. */
  remaining: number;
}

/** @param qualifier as the caller wrote it, where there is a caller */
export function concerns(
  { functionName, account, region, qualifier: wanted }: FaultScope,
  version: FunctionVersion,
  qualifier: string | undefined,
): boolean {
  return (
    functionName === version.functionName &&
    (account === undefined || account === version.scope.account) &&
    (region === undefined || region === version.scope.region) &&
    (wanted === undefined || wanted === version.version || wanted === qualifier)
  );
}
