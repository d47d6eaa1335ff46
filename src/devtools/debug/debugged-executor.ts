/** Starts the processes of an environment as its executor does, and lets debuggers into them where the function has none yet. */
import type { DebuggerLaunch } from '../../executors/debugger-launch.ts';
import type { Executor, LaunchSpec } from '../../executors/executor.ts';

/** @param take what the process is given; nothing when debuggers of the function go to another one */
export function debuggedExecutor(
  executor: Executor,
  take: (spec: LaunchSpec) => Promise<DebuggerLaunch | undefined>,
): Executor {
  return {
    kind: executor.kind,
    isolation: executor.isolation,
    runtimeApiHost: executor.runtimeApiHost,
    outputLag: executor.outputLag,
    prepare: (version, signal) => executor.prepare(version, signal),
    async start(prepared, spec, signal) {
      const launch = await take(spec);
      if (launch === undefined) return executor.start(prepared, spec, signal);
      try {
        return await executor.start(prepared, { ...spec, debugger: launch }, signal);
      } catch (error) {
        launch.ended();
        throw error;
      }
    },
    // It is not this one's to end.
    [Symbol.asyncDispose]: async () => {},
  };
}
