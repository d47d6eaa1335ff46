/** The program that a custom runtime brings: in the function's package, or else in a layer. */
import { join } from 'node:path';
import { InvalidEntrypoint } from '../invalid-entrypoint.ts';
import { isExecutable } from './host-platform.ts';
import type { EnvironmentFolders } from './isolation.ts';

/**
 * In which of the function's folders the `bootstrap` is.
 * @throws InvalidEntrypoint when there is none that can be executed.
 * @see AWS Lambda Developer Guide, "Building a custom runtime for AWS Lambda"
 */
export function ownProgram({ code, layers }: Pick<EnvironmentFolders, 'code' | 'layers'>): 'task' | 'layers' {
  if (isExecutable(join(code, 'bootstrap'))) return 'task';
  if (layers !== undefined && isExecutable(join(layers, 'bootstrap'))) return 'layers';
  throw new InvalidEntrypoint();
}
