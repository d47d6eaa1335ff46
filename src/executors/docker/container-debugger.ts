/** What a container needs so that debuggers reach the function in it: a port, variables, and for Python a file. */
import { join } from 'node:path';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import { debugProtocolOf, debugpyVariables, inspectorFlags, jdwpFlag } from '../debugger-launch.ts';
import type { LaunchSpec } from '../executor.ts';
import { loopback } from '../runtime-api-host.ts';
import type { PortBinding } from './engine/engine-types.ts';
import type { PreparedParts } from './prepared-on-docker.ts';
import type { ContainerNetwork } from './site/container-network.ts';

type Variables = Readonly<Record<string, string>>;

const everywhere = '0.0.0.0';
const pythonFolder = '/var/lambdad';

/** Where the daemon does not see the container's own address, the port is published on this machine, for itself only. */
export function debuggerPorts(
  { debugger: debug }: LaunchSpec,
  { direct }: ContainerNetwork,
): Readonly<Record<string, readonly PortBinding[]>> {
  if (debug === undefined || direct) return {};
  return { [`${debug.port}/tcp`]: [{ HostIp: loopback.advertise, HostPort: String(debug.port) }] };
}

/** @param given the function's other variables, which these are added to */
export function debuggerVariables(
  { runtime }: FunctionVersion,
  { debugger: debug }: LaunchSpec,
  given: Variables,
): Variables {
  const protocol = debugProtocolOf(runtime);
  if (debug === undefined || runtime === undefined || protocol === undefined) return {};
  switch (protocol) {
    case 'inspector': {
      const flags = inspectorFlags(debug, everywhere, runtime.slice('nodejs'.length));
      return { NODE_OPTIONS: joined(given['NODE_OPTIONS'], ...flags) };
    }
    case 'jdwp':
      return { JAVA_TOOL_OPTIONS: joined(given['JAVA_TOOL_OPTIONS'], jdwpFlag(debug, everywhere)) };
    case 'debugpy':
      // The image's own value is not known here: AWS's images have this one.
      return debugpyVariables(debug, everywhere, pythonFolder, given['PYTHONPATH'] ?? '/var/runtime');
  }
}

/** The same with the file that Python reads at its start. @param runtimes the folder with a folder per language */
export function withDebugger(parts: PreparedParts, { debugger: debug }: LaunchSpec, runtimes: string): PreparedParts {
  if (debug === undefined || debugProtocolOf(parts.version.runtime) !== 'debugpy') return parts;
  const { mounted, copied } = parts.delivery;
  const folder = { source: join(runtimes, 'python', 'debugger'), target: pythonFolder, live: false } as const;
  return { ...parts, delivery: { mounted, copied: [...copied, folder] } };
}

const joined = (...flags: readonly (string | undefined)[]): string =>
  flags.filter((flag) => flag !== undefined && flag !== '').join(' ');
