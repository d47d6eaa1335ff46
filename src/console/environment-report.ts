/** One environment, as `/_lambdad` shows it. */
import type { Environment } from '../environment/environment.ts';
import type { Milliseconds } from '../kernel/quantity.ts';

export interface EnvironmentReport {
  readonly id: string;
  readonly function: string;
  readonly version: string;
  /** With its version. */
  readonly arn: string;
  readonly state: string;
  readonly ageSeconds: number;
  /** Since its latest invocation began; 0 while it runs one. */
  readonly idleSeconds: number;
  readonly invocations: number;
  readonly maxMemoryBytes: number;
  readonly memorySizeMB: number;
  /** Of the runtime's process on this machine, when it is one. */
  readonly pid?: number;
  /** The id of its container, when it is one. */
  readonly container?: string;
}

export function environmentReport(environment: Environment, now: Milliseconds): EnvironmentReport {
  const { version, id, state, maxMemory, handle } = environment;
  const { invocations, lastUsed, started } = environment.usage;
  return {
    id,
    function: version.functionName,
    version: version.version,
    arn: `${version.functionArn}:${version.version}`,
    state,
    ageSeconds: Math.floor((now - started) / 1000),
    idleSeconds: state === 'busy' ? 0 : Math.floor((now - lastUsed) / 1000),
    invocations,
    maxMemoryBytes: maxMemory,
    memorySizeMB: version.memorySize,
    ...(handle?.kind === 'process' && { pid: handle.pid }),
    ...(handle?.kind === 'container' && { container: handle.id }),
  };
}
