/** What the pool asks of whoever knows when the code of a version becomes something else while it is run. */
import type { FunctionVersion } from '../lambda/function/function-version.ts';

/**
 * @param changed to be called after each change that environments do not have yet
 * @param signal gives up before it has begun
 * @returns what ends it; nothing for code that never changes
 */
export type FollowCode = (
  version: FunctionVersion,
  changed: () => void,
  signal: AbortSignal,
) => Promise<AsyncDisposable | undefined>;
