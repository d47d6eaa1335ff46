/** A bootstrap under test, running as a process of its own in a folder that the test fills with a function's files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface BootstrapOptions {
  /** Interpreter and script. */
  readonly command: readonly [string, ...string[]];
  /** Value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly runtimeApi: string;
  /** The function's files: contents by path, or a folder that has them and is left as it is. */
  readonly files: Readonly<Record<string, string>> | string;
  readonly handler: string;
  readonly env?: Readonly<Record<string, string>>;
}

const functionVariables = {
  AWS_LAMBDA_FUNCTION_NAME: 'tested',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/tested',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef',
};

export class BootstrapProcess implements AsyncDisposable {
  /** Exit code, or the signal's name; settles once all output was read. */
  readonly exited: Promise<number | string>;
  readonly taskRoot: string;
  readonly #child: ChildProcess;
  readonly #temporary: boolean;
  #output = '';

  constructor({ command, runtimeApi, files, handler, env }: BootstrapOptions) {
    this.#temporary = typeof files !== 'string';
    this.taskRoot = typeof files === 'string' ? files : newFolder(files);
    const [interpreter, ...args] = command;
    this.#child = spawn(interpreter, args, {
      cwd: this.taskRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        ...functionVariables,
        AWS_LAMBDA_RUNTIME_API: runtimeApi,
        LAMBDA_TASK_ROOT: this.taskRoot,
        _HANDLER: handler,
        ...env,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.exited = once(this.#child, 'close').then(([code, signal]) => code ?? signal);
  }

  /** What it wrote to stdout and stderr so far. */
  get output(): string {
    return this.#output;
  }

  /** Ends the process and returns all that it wrote. */
  async stop(): Promise<string> {
    this.#child.kill('SIGKILL');
    await this.exited;
    return this.#output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    if (this.#temporary) rmSync(this.taskRoot, { recursive: true, force: true });
  }
}

function newFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-bootstrap-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
