/** How the process of a function is told to let debuggers in: by which protocol, and with which settings. */
import type { RuntimeId } from '../lambda/function/function-version.ts';

/** The Chrome DevTools Protocol, the Debug Adapter Protocol of debugpy, the Java Debug Wire Protocol. */
export type DebugProtocol = 'inspector' | 'debugpy' | 'jdwp';

export interface DebuggerFlags {
  /** On which the process listens. */
  readonly port: number;
  /** Whether the process waits for a debugger before any of the function's code runs. */
  readonly wait: boolean;
}

export interface DebuggerLaunch extends DebuggerFlags {
  /** Told of each process, the first and those that take its place: the port is reached at this host. */
  readonly launched: (host: string) => void;
  /** Told when there will be no further one; perhaps more than once. */
  readonly ended: () => void;
}

/** Nothing for runtimes that no debugger is known for. */
export function debugProtocolOf(runtime: RuntimeId | undefined): DebugProtocol | undefined {
  if (runtime?.startsWith('nodejs')) return 'inspector';
  if (runtime?.startsWith('python')) return 'debugpy';
  return runtime?.startsWith('java') ? 'jdwp' : undefined;
}

/**
 * @param host the address on which the process listens
 * @param version of Node.js, of which the major counts
 */
export function inspectorFlags({ port, wait }: DebuggerFlags, host: string, version: string): readonly string[] {
  // Where there is nothing better, the process stops in our bootstrap, from where the debugger lets it go on.
  const waiting = Number.parseInt(version, 10) >= 20 ? 'inspect-wait' : 'inspect-brk';
  return [
    `--${wait ? waiting : 'inspect'}=${host}:${port}`,
    // Its address is for the daemon alone, and no line of the function's log.
    '--inspect-publish-uid=http',
    '--enable-source-maps',
  ];
}

/** @param host the address on which the process listens */
export const jdwpFlag = ({ port, wait }: DebuggerFlags, host: string): string =>
  `-agentlib:jdwp=transport=dt_socket,server=y,quiet=y,suspend=${wait ? 'y' : 'n'},address=${host}:${port}`;

/**
 * What `runtimes/python/debugger/sitecustomize.py` reads when Python starts.
 * @param folder where the process sees that file
 * @param paths other members of PYTHONPATH
 */
export function debugpyVariables(
  { port, wait }: DebuggerFlags,
  host: string,
  folder: string,
  paths: string | undefined,
): Readonly<Record<string, string>> {
  return {
    LAMBDAD_DEBUGPY: `${host}:${port}${wait ? ':wait' : ''}`,
    PYTHONPATH: paths === undefined || paths === '' ? folder : `${folder}:${paths}`,
  };
}
