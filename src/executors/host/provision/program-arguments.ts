/** The arguments that an interpreter is started with, so that it runs a function as AWS's runtime does. */
import { join } from 'node:path';
import type { ArchiveVersion } from '../../../lambda/function/function-version.ts';
import { type DebuggerFlags, inspectorFlags, jdwpFlag } from '../../debugger-launch.ts';
import { loopback } from '../../runtime-api-host.ts';
import type { FunctionView } from '../process-variables.ts';
import { assemblyOf } from './dotnet-handler.ts';
import { isVersion } from './installed-versions.ts';
import { javaClientClass, nativeLibrary, nativeLibraryProperty } from './java-client.ts';
import type { InterpreterProvision } from './runtime-provision.ts';

export function programArguments(
  provision: InterpreterProvision,
  version: ArchiveVersion,
  view: FunctionView,
  debug?: DebuggerFlags,
): readonly string[] {
  return [...debuggerFlags(provision, debug), ...runtimeArguments(provision, version, view)];
}

/** Python reads a variable. */
function debuggerFlags(
  { family, interpreter }: InterpreterProvision,
  debug: DebuggerFlags | undefined,
): readonly string[] {
  if (debug === undefined) return [];
  if (family === 'nodejs') return inspectorFlags(debug, loopback.listen, interpreter.version);
  return family === 'java' ? [jdwpFlag(debug, loopback.listen)] : [];
}

function runtimeArguments(
  provision: InterpreterProvision,
  version: ArchiveVersion,
  view: FunctionView,
): readonly string[] {
  switch (provision.family) {
    case 'nodejs':
      return [...nodeFlags(provision, version), join(view.runtime, 'bootstrap.cjs')];
    case 'python':
      return [join(view.runtime, 'bootstrap.py')];
    case 'ruby':
      return [join(view.runtime, 'bootstrap.rb')];
    case 'dotnet':
      return [...dotnetFlags(provision), join(view.task, assemblyOf(version.handler))];
    case 'java':
      return [...javaFlags(version, view), javaClientClass, version.handler];
  }
}

/** Node.js sizes its heap by the machine's memory, which is not the function's: AWS's runtime gives it nine tenths. */
function nodeFlags({ interpreter }: InterpreterProvision, version: ArchiveVersion): readonly string[] {
  return [
    `--max-old-space-size=${Math.floor(version.memorySize * 0.9)}`,
    ...disabledFeatures(interpreter.version)
      .filter((feature) => !version.variables['NODE_OPTIONS']?.includes(`--${feature}`))
      .map((feature) => `--no-${feature}`),
  ];
}

/**
 * What these versions have switched on and AWS switches off again; a flag is an error to a Node.js that does not know it.
 * @see AWS Lambda Developer Guide, "Building Lambda functions with Node.js" (experimental features)
 */
function disabledFeatures(nodeVersion: string): readonly string[] {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major === 22) return ['experimental-require-module', 'experimental-detect-module'];
  return major === 20 && minor >= 17 ? ['experimental-require-module'] : [];
}

/** An assembly refuses to run on another version than its own unless told otherwise. */
const dotnetFlags = ({ interpreter, asked }: InterpreterProvision): readonly string[] =>
  isVersion(interpreter.version, asked) ? [] : ['--roll-forward', 'Major'];

/** The shares of the memory are those of AWS's runtime; the sandbox's `/tmp` is Java's own default. */
function javaFlags({ memorySize }: ArchiveVersion, { runtime, temporary }: FunctionView): readonly string[] {
  return [
    `-XX:MaxHeapSize=${Math.floor(memorySize * 1024 * 0.85)}k`,
    '-XX:+UseSerialGC',
    '-XX:+TieredCompilation',
    '-XX:TieredStopAtLevel=1',
    '-Xshare:auto',
    ...(temporary === undefined ? [] : [`-Djava.io.tmpdir=${temporary}`]),
    `-D${nativeLibraryProperty}=${join(runtime, nativeLibrary)}`,
    '-cp',
    join(runtime, 'lib/*'),
  ];
}
