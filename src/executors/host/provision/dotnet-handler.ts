/** Which functions for .NET run without AWS's own runtime around them: those that are programs themselves. */
import type { ArchiveVersion } from '../../../lambda/function/function-version.ts';
import { PreparationFailed } from '../../executor.ts';

/**
 * A class library (`Assembly::Namespace.Class::Method`) is loaded by a program that only AWS's images have; the package
 * Amazon.Lambda.RuntimeSupport, which may lie beside it, is a library too.
 * @throws PreparationFailed with what to do
 */
export function checkDotnetHandler({ handler, runtime }: ArchiveVersion): void {
  if (!handler.includes('::')) return;
  throw new PreparationFailed(
    'InvalidRuntime',
    `The handler ${handler} is a method of a class library, which the runtime ${runtime} runs in Docker only. ` +
      'Directly on this machine it runs executable assemblies, whose handler is the name of the assembly.',
  );
}

/** @returns the path of the assembly below the function's folder */
export const assemblyOf = (handler: string): string => (handler.endsWith('.dll') ? handler : `${handler}.dll`);
