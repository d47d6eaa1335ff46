/** Where a daemon under test lets debuggers in. */
import assert from 'node:assert/strict';
import type { DebuggerStatus } from '../../src/devtools/debug/function-debugger.ts';
import type { TestDaemon } from './test-daemon.ts';

export async function debuggersOf(daemon: TestDaemon): Promise<readonly DebuggerStatus[]> {
  const answer = await daemon.fetch('/_lambdad/debug');
  const { debuggers } = (await answer.json()) as { readonly debuggers: readonly DebuggerStatus[] };
  return debuggers;
}

/** Asks until the port of the function is open. */
export async function debugPortOf(daemon: TestDaemon, functionName: string): Promise<number> {
  for (let asked = 0; asked < 1000; asked += 1) {
    const found = (await debuggersOf(daemon)).find((one) => one.function.endsWith(`:${functionName}`));
    if (found?.port !== undefined) return found.port;
  }
  return assert.fail(`no port for debuggers of ${functionName}`);
}

/** Asks until so many debuggers are attached to the function. */
export async function attachedTo(daemon: TestDaemon, functionName: string, count: number): Promise<void> {
  for (let asked = 0; asked < 5000; asked += 1) {
    const found = (await debuggersOf(daemon)).find((one) => one.function.endsWith(`:${functionName}`));
    if (found?.attached === count) return;
  }
  assert.fail(`never ${count} debuggers at ${functionName}`);
}
