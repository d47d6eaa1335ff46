/** No sandbox: the function is an ordinary process, with the daemon's rights and the machine's files. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EnvironmentFolders, Isolation, LaunchCommand } from './isolation.ts';
import type { FunctionView } from './process-variables.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

export class PlainProcess implements Isolation {
  readonly nested = false;
  readonly description: string;

  /** @param reason why there is no sandbox, for the isolation line. */
  constructor(reason: string) {
    this.description = `plain process without a sandbox (${reason})`;
  }

  prepare(): void {}

  view(provision: RuntimeProvision, folders: EnvironmentFolders): FunctionView {
    return {
      task: folders.code,
      runtime: folders.runtime ?? folders.code,
      interpreters: provision.kind === 'interpreter' ? dirname(provision.interpreter.binary) : '/usr/local/bin',
      libraries: [],
      layers: folders.layers,
      temporary: folders.temporary,
    };
  }

  launch(
    provision: RuntimeProvision,
    folders: EnvironmentFolders,
    variables: Readonly<Record<string, string>>,
    program: readonly string[],
    launcher: readonly string[] = [],
  ): LaunchCommand {
    const [own = '', ...operands] = program;
    // A link such as python3 -> python3.11 may be missing beside the binary: run the binary itself.
    const binary = provision.kind === 'interpreter' ? provision.interpreter.binary : own;
    const [file = binary, ...rest] = [...launcher, binary, ...operands];
    return {
      file,
      arguments: rest,
      variables,
      // A folder of the author's own may have vanished: the runtime then says that the module is missing.
      directory: existsSync(folders.code) ? folders.code : folders.temporary,
      descriptor3: undefined,
    };
  }
}
