/** From a version and its runtime to what is executed: variables, program, and the isolation around them. */
import { join } from 'node:path';
import type { ArchiveVersion } from '../../lambda/function/function-version.ts';
import type { LaunchSpec } from '../executor.ts';
import { launcherOf } from './extensions/launcher.ts';
import type { EnvironmentFolders, Isolation, LaunchCommand } from './isolation.ts';
import { ownProgram } from './own-program.ts';
import { processVariables } from './process-variables.ts';
import { programArguments } from './provision/program-arguments.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

/**
 * @param extensions file names in the folder `extensions` of the layers
 * @returns what makes the command, anew for each process of the environment.
 * @throws InvalidEntrypoint when a custom runtime has no program to start.
 */
export function launchCommand(
  version: ArchiveVersion,
  spec: LaunchSpec,
  provision: RuntimeProvision,
  isolation: Isolation,
  folders: EnvironmentFolders,
  extensions: readonly string[] = [],
): () => LaunchCommand {
  const view = isolation.view(provision, folders);
  const variables = processVariables(version, spec, provision, view);
  const program =
    provision.kind === 'bootstrap'
      ? [join(view[ownProgram(folders)] ?? view.task, 'bootstrap')]
      : [
          join(view.interpreters, provision.interpreter.names[0]),
          ...programArguments(provision, version, view, spec.debugger),
        ];
  const launcher = launcherOf(extensions.map((name) => join(view.layers ?? '', 'extensions', name)));
  return () => isolation.launch(provision, folders, variables, program, launcher);
}
