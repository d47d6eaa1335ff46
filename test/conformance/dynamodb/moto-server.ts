/** Moto's server, a DynamoDB that others wrote (Apache-2.0), on a free port; fetched once and kept for later runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../kit/run-program.ts';

const packages = ['moto==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5', 'py-partiql-parser==0.6.3'];
const cache = fileURLToPath(new URL('../../../.lambdad/test-cache/', import.meta.url));
const folder = join(cache, packages[0]?.replace('==', '-') ?? '');

export class MotoServer implements AsyncDisposable {
  readonly endpoint: string;
  readonly #end: () => Promise<void>;

  private constructor(endpoint: string, end: () => Promise<void>) {
    this.endpoint = endpoint;
    this.#end = end;
  }

  /** @throws Error with what it printed when it does not start */
  static async start(): Promise<MotoServer> {
    await install();
    const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
      env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const closed = once(child, 'close');
    let printed = '';
    for await (const line of createInterface({ input: child.stderr })) {
      printed += `${line}\n`;
      const endpoint = /Running on (http:\S+)/.exec(line)?.[1];
      if (endpoint === undefined) continue;
      child.stderr.resume();
      return new MotoServer(endpoint, async () => {
        child.kill('SIGKILL');
        await closed;
      });
    }
    throw new Error(`moto has not started:\n${printed}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

async function install(): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'moto-draft-'));
  try {
    const { code, stderr } = await runProgram([
      'pip3',
      'install',
      '--quiet',
      '--no-compile',
      '--target',
      draft,
      ...packages,
    ]);
    if (code !== 0) throw new Error(`moto could not be fetched:\n${stderr}`);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
