/** The port to what surrounds a function's process: a sandbox, or nothing. */
import type { FunctionView } from './process-variables.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

/** The folders of an environment on this machine. */
export interface EnvironmentFolders {
  readonly code: string;
  /** `undefined` for a function without layers. */
  readonly layers: string | undefined;
  /** Our bootstraps for this runtime; `undefined` when the function brings its own. */
  readonly runtime: string | undefined;
  /** The environment's own `/tmp`, which it keeps over restarts. */
  readonly temporary: string;
}

/** What is executed on this machine so that the function's program runs. */
export interface LaunchCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  /** The variables of `file`, which in a sandbox are not those of the function. */
  readonly variables: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Written to descriptor 3 of the process. */
  readonly descriptor3: Buffer | undefined;
}

export interface Isolation {
  /** Part of the isolation line. */
  readonly description: string;
  /**
   * Whether the process that is spawned only watches over the runtime, which is then its grandchild, ends with the
   * watcher and is reported by exit codes above 128 when a signal ended it.
   */
  readonly nested: boolean;
  /** Does what need not be done before the first function comes; idempotent. */
  prepare(): void;
  /** How a function with these folders sees them. */
  view(provision: RuntimeProvision, folders: EnvironmentFolders): FunctionView;
  /**
   * @param program the path of a program as the function sees it, and its arguments
   * @param launcher a command that is given the program's own command as its last arguments
   */
  launch(
    provision: RuntimeProvision,
    folders: EnvironmentFolders,
    variables: Readonly<Record<string, string>>,
    program: readonly string[],
    launcher?: readonly string[],
  ): LaunchCommand;
}
