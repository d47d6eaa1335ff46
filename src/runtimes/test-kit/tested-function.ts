/** A function under test: the bootstrap of its runtime as a process, and the Runtime API that the test scripts for it. */
import { fileURLToPath } from 'node:url';
import { BootstrapProcess } from './bootstrap-process.ts';
import { FragmentingProxy } from './fragmenting-proxy.ts';
import { type RuntimePost, type ScriptedReply, ScriptedRuntimeApi } from './scripted-runtime-api.ts';

export interface TestedFunctionOptions {
  /** As `nodejs24.x`, `python3.13`, `ruby3.4` or `provided.al2023`; the interpreter is the one that is there. */
  readonly runtime: string;
  /** Contents by path, or a folder that has them. */
  readonly files: Readonly<Record<string, string>> | string;
  readonly handler?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Cuts what the runtime receives into pieces of a few bytes. */
  readonly fragmented?: boolean;
}

export class TestedFunction implements AsyncDisposable {
  readonly api: ScriptedRuntimeApi;
  readonly process: BootstrapProcess;
  readonly #resources: AsyncDisposableStack;

  private constructor(api: ScriptedRuntimeApi, process: BootstrapProcess, resources: AsyncDisposableStack) {
    this.api = api;
    this.process = process;
    this.#resources = resources;
  }

  static async start(options: TestedFunctionOptions): Promise<TestedFunction> {
    const { runtime, files, handler = 'index.handler', env = {}, fragmented = false } = options;
    await using resources = new AsyncDisposableStack();
    const api = resources.use(await ScriptedRuntimeApi.start());
    const front = fragmented ? resources.use(await FragmentingProxy.start(api.address)) : api;
    const process = resources.use(
      new BootstrapProcess({
        command: bootstrapOf(runtime),
        runtimeApi: front.address,
        files,
        handler,
        env: { AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`, ...env },
      }),
    );
    return new TestedFunction(api, process, resources.move());
  }

  invoke(event: unknown, reply?: Partial<ScriptedReply>): Promise<RuntimePost> {
    return this.api.invoke(event, reply);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

function bootstrapOf(runtime: string): readonly [string, ...string[]] {
  if (runtime.startsWith('provided')) return ['./bootstrap'];
  if (runtime.startsWith('python'))
    return ['python3', fileURLToPath(new URL('../python/bootstrap.py', import.meta.url))];
  if (runtime.startsWith('ruby')) return ['ruby', fileURLToPath(new URL('../ruby/bootstrap.rb', import.meta.url))];
  return [process.execPath, fileURLToPath(new URL('../nodejs/bootstrap.cjs', import.meta.url))];
}
