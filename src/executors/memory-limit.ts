/** How much memory the processes of an environment may take together. */
import { type Bytes, megabytes, megabytesToBytes } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { LaunchSpec } from './executor.ts';

/** What a debugger makes of a process needs memory beside that of the function. */
const debuggerMegabytes = 256;

export function memoryLimit({ memorySize }: FunctionVersion, spec: LaunchSpec): Bytes {
  return megabytesToBytes(spec.debugger === undefined ? memorySize : megabytes(memorySize + debuggerMegabytes));
}
