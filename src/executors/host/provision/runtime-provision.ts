/** How a runtime is run on this machine: with which interpreter, or as the function's own program. */
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { PreparationFailed } from '../../executor.ts';
import type { HostPlatform } from '../host-platform.ts';
import { CouldNotFetch } from './could-not-fetch.ts';
import type { FetchedRuntimes } from './fetched-runtimes.ts';
import { findDotnet } from './find-dotnet.ts';
import { findJava } from './find-java.ts';
import { findNode, ownNode } from './find-node.ts';
import { findPython } from './find-python.ts';
import { findRuby } from './find-ruby.ts';
import { isVersion, type Language } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';
import { missingRuntime } from './missing-runtime.ts';

export interface InterpreterProvision {
  readonly kind: 'interpreter';
  readonly family: Language;
  /** As the runtime's identifier says, not as found: `24` of `nodejs24.x`, `3.12`. */
  readonly asked: string;
  readonly interpreter: Interpreter;
  /** The folder of what runs the function, when that is not our bootstrap for the language. */
  readonly client?: string;
  /** Why the interpreter is not of the version that is asked for, where there is more to say than that. */
  readonly shortfall?: string;
}

export type RuntimeProvision =
  | InterpreterProvision
  /** `provided.*`, `go1.x`: the function brings its program, `bootstrap`. */
  | { readonly kind: 'bootstrap'; readonly family: 'provided' };

export interface ProvisionDeps {
  readonly platform: HostPlatform;
  readonly fetched: FetchedRuntimes;
}

/** @throws PreparationFailed when it cannot run here, with what to do about it. */
export async function provisionRuntime(
  runtime: RuntimeId,
  deps: ProvisionDeps,
  signal: AbortSignal,
): Promise<RuntimeProvision> {
  const [, language = '', asked = ''] = /^([a-z]+)([\d.]*\d)?/.exec(runtime) ?? [];
  switch (language) {
    case 'nodejs':
      return await provisionNode(asked, deps, signal);
    case 'python':
    case 'ruby': {
      const find = language === 'python' ? findPython : findRuby;
      const interpreter = await find(deps.platform, asked, signal);
      if (interpreter === undefined) throw missingRuntime(runtime, language, asked, deps.platform);
      return { kind: 'interpreter', family: language, asked, interpreter };
    }
    case 'java':
      return await provisionJava(runtime, asked, deps, signal);
    case 'dotnet': {
      const interpreter = await findDotnet(deps.platform, asked, signal);
      if (interpreter === undefined) throw missingRuntime(runtime, 'dotnet', asked, deps.platform);
      return { kind: 'interpreter', family: 'dotnet', asked, interpreter };
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
  const { asked, interpreter, shortfall } = provision;
  if (isVersion(interpreter.version, asked)) return undefined;
  return `${interpreter.version}, which is what this machine has${shortfall === undefined ? '' : `: ${shortfall}`}`;
}

/** On the daemon's own Node.js where no other can be had: most functions do not notice. */
async function provisionNode(asked: string, deps: ProvisionDeps, signal: AbortSignal): Promise<RuntimeProvision> {
  const provision = (interpreter: Interpreter): InterpreterProvision => ({
    kind: 'interpreter',
    family: 'nodejs',
    asked,
    interpreter,
  });
  const found = await findNode(deps.platform, asked, signal);
  if (found !== undefined) return provision(found);
  try {
    return provision(await deps.fetched.nodejs(asked, signal));
  } catch (error) {
    if (!(error instanceof CouldNotFetch)) throw error;
    const shortfall = `Node.js ${asked} could not be fetched because ${error.message}`;
    return { ...provision(ownNode(deps.platform)), shortfall };
  }
}

async function provisionJava(
  runtime: RuntimeId,
  asked: string,
  { platform, fetched }: ProvisionDeps,
  signal: AbortSignal,
): Promise<RuntimeProvision> {
  if (platform.os !== 'linux') {
    throw new PreparationFailed(
      'InvalidRuntime',
      `The runtime ${runtime} does not run directly on this machine, as AWS's runtime interface client for Java is for Linux; it comes with the Docker executor.`,
    );
  }
  const interpreter = await findJava(platform, asked, signal);
  if (interpreter === undefined) throw missingRuntime(runtime, 'java', asked, platform);
  try {
    return { kind: 'interpreter', family: 'java', asked, interpreter, client: await fetched.javaClient(signal) };
  } catch (error) {
    if (!(error instanceof CouldNotFetch)) throw error;
    throw new PreparationFailed(
      'InvalidRuntime',
      `The runtime ${runtime} needs AWS's runtime interface client for Java, which could not be fetched: ${error.message}.`,
      error,
    );
  }
}
