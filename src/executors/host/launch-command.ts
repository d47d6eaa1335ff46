/** From a version and its runtime to what is executed: variables, program, and the isolation around them. */
import { join } from 'node:path';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import type { LaunchSpec } from '../executor.ts';
import type { EnvironmentFolders, Isolation, LaunchCommand } from './isolation.ts';
import { processVariables } from './process-variables.ts';
import { interpreterArguments, type RuntimeProvision } from './provision/runtime-provision.ts';

/** @returns what makes the command, anew for each process of the environment. */
export function launchCommand(
  version: FunctionVersion,
  spec: LaunchSpec,
  provision: RuntimeProvision,
  isolation: Isolation,
  folders: EnvironmentFolders,
): () => LaunchCommand {
  const view = isolation.view(provision, folders);
  const variables = processVariables(version, spec, provision, view);
  const program =
    provision.kind === 'bootstrap'
      ? [join(view.task, 'bootstrap')]
      : [
          join(view.interpreters, provision.interpreter.names[0]),
          ...interpreterArguments(provision, version.memorySize),
          join(view.runtime, provision.bootstrap),
        ];
  return () => isolation.launch(provision, folders, variables, program);
}
