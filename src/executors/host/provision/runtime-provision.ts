/** How a runtime is run on this machine: with which interpreter, or as the function's own program. */
import type { Megabytes } from '../../../kernel/quantity.ts';
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { PreparationFailed } from '../../executor.ts';
import type { HostPlatform } from '../host-platform.ts';
import { findPython } from './find-python.ts';
import type { Interpreter } from './interpreter.ts';

export type RuntimeProvision =
  | {
      readonly kind: 'interpreter';
      readonly family: 'nodejs' | 'python';
      /** As the runtime's identifier says, not as found: `24` of `nodejs24.x`, `3.12`. */
      readonly asked: string;
      readonly interpreter: Interpreter;
      /** Our bootstrap, in the runtime's folder. */
      readonly bootstrap: string;
    }
  /** `provided.*`, `go1.x`: the function brings its program, `bootstrap`. */
  | { readonly kind: 'bootstrap'; readonly family: 'provided' };

/** @throws PreparationFailed when it cannot run here, with what to do about it. */
export async function provisionRuntime(
  runtime: RuntimeId,
  platform: HostPlatform,
  signal: AbortSignal,
): Promise<RuntimeProvision> {
  const [, language = '', asked = ''] = /^([a-z]+)([\d.]*\d)?/.exec(runtime) ?? [];
  switch (language) {
    case 'nodejs': {
      const interpreter: Interpreter = {
        binary: platform.nodeBinary,
        version: platform.nodeVersion,
        prefix: undefined,
        names: ['node'],
      };
      return { kind: 'interpreter', family: 'nodejs', asked, interpreter, bootstrap: 'bootstrap.cjs' };
    }
    case 'python': {
      const interpreter = await findPython(platform, asked, signal);
      if (interpreter === undefined) throw missing(runtime, `Python ${asked}`, 'apt-get install python3', platform);
      return { kind: 'interpreter', family: 'python', asked, interpreter, bootstrap: 'bootstrap.py' };
    }
    case 'provided':
    case 'go':
      return { kind: 'bootstrap', family: 'provided' };
    default:
      throw new PreparationFailed(
        'InvalidRuntime',
        `The runtime ${runtime} does not run directly on this machine; it comes with the Docker executor.`,
      );
  }
}

/** What separates the interpreter found from the one that was asked for; `undefined` when nothing does. */
export function versionGap(provision: RuntimeProvision): string | undefined {
  if (provision.kind === 'bootstrap') return undefined;
  const { asked, interpreter } = provision;
  return interpreter.version === asked || interpreter.version.startsWith(`${asked}.`) ? undefined : interpreter.version;
}

/**
 * The interpreter's own arguments.
 *
 * Node.js sizes its heap by the machine's memory, which is not the function's: AWS's runtime gives it nine tenths.
 */
export function interpreterArguments(
  provision: RuntimeProvision & { kind: 'interpreter' },
  memory: Megabytes,
): string[] {
  return provision.family === 'nodejs' ? [`--max-old-space-size=${Math.floor(memory * 0.9)}`] : [];
}

function missing(runtime: string, what: string, debian: string, platform: HostPlatform): PreparationFailed {
  const how = platform.os === 'darwin' ? 'brew install python3' : debian;
  return new PreparationFailed(
    'InvalidRuntime',
    `The runtime ${runtime} needs ${what}, and no python3 is on the PATH of the daemon: install it (${how}).`,
  );
}
