/** What a test of the executor port needs of an executor's own test: the executor, functions for it, and what remains. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DebuggerLaunch } from '../../../src/executors/debugger-launch.ts';
import type { EnvironmentId, Executor, LaunchSpec, RunningProcess } from '../../../src/executors/executor.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import type { FunctionVersion } from '../../../src/lambda/function/function-version.ts';
import { CollectedOutput } from './collected-output.ts';
import { conformanceVersion, type VersionWishes } from './conformance-version.ts';

/** What the executor promises beyond the port. */
export interface ExecutorTraits {
  /** The function has AWS's file system, its own `/tmp`, and sees nothing else of the machine. */
  readonly sandboxed: boolean;
  readonly limitsProcesses: boolean;
  /** stdout and stderr are one pipe. */
  readonly ordersOutput: boolean;
  /** The home directory of the user is no variable of the function. */
  readonly hidesHome: boolean;
  /** What a sandboxed function sees at the root of its file system, each name followed by a space. */
  readonly root: RegExp;
}

export interface ExecutorFixtureDeps {
  readonly executor: Executor;
  readonly traits: ExecutorTraits;
  /** The fixture's own; functions' code is put below it. */
  readonly folder: string;
  /** Whatever the executor has on the machine at the moment beside processes: names of folders, groups, containers. */
  readonly remains: () => readonly string[] | Promise<readonly string[]>;
  readonly dispose: () => Promise<void>;
}

export interface Running {
  readonly process: RunningProcess;
  readonly output: CollectedOutput;
  readonly spec: LaunchSpec;
}

export class ExecutorFixture implements AsyncDisposable {
  readonly executor: Executor;
  readonly traits: ExecutorTraits;
  readonly folder: string;
  readonly remains: ExecutorFixtureDeps['remains'];
  /** In the variables of every process that the fixture starts, and in nobody else's. */
  readonly mark = systemRandom.hex(16);
  readonly #dispose: () => Promise<void>;
  readonly #prepared = new AsyncDisposableStack();

  constructor({ executor, traits, folder, remains, dispose }: ExecutorFixtureDeps) {
    this.executor = executor;
    this.traits = traits;
    this.folder = folder;
    this.remains = remains;
    this.#dispose = dispose;
  }

  /** @param files paths to contents; a `bootstrap` becomes executable */
  async version(files: Readonly<Record<string, string>>, wishes: VersionWishes = {}): Promise<FunctionVersion> {
    const code = await this.files(files);
    return conformanceVersion(code, { ...wishes, variables: { CONFORMANCE_MARK: this.mark, ...wishes.variables } });
  }

  /** A folder that holds the files. */
  async files(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(this.folder, `code-${systemRandom.hex(4)}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content, { mode: name === 'bootstrap' ? 0o755 : 0o644 });
    }
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Starts a shell script as a custom runtime. */
  async shell(script: string, wishes: VersionWishes = {}, runtimeApi?: string): Promise<Running> {
    return this.start(await this.version({ bootstrap: `#!/bin/sh\n${script}\n` }, wishes), runtimeApi);
  }

  async start(version: FunctionVersion, runtimeApi?: string, debug?: DebuggerLaunch): Promise<Running> {
    const signal = new AbortController().signal;
    const environmentId = systemRandom.hex(16) as EnvironmentId;
    const output = new CollectedOutput();
    const spec: LaunchSpec = {
      environmentId,
      // Never listened on, unique per environment, as an address is.
      runtimeApi: runtimeApi ?? `127.0.0.1:1/${environmentId}`,
      variables: { AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'conformance' },
      output: output.sink,
      ...(debug && { debugger: debug }),
    };
    const prepared = this.#prepared.use(await this.executor.prepare(version, signal));
    return { process: await this.executor.start(prepared, spec, signal), output, spec };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#prepared.disposeAsync();
    await this.executor[Symbol.asyncDispose]();
    await this.#dispose();
  }
}
