/** Installs a real function's dependencies or compiles it, once per content of its folder. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import {
  type BuildStep,
  type RealFunctionKind,
  type RealFunctionName,
  realFunctionKinds,
} from './real-function-kind.ts';

const sources = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../.lambdad/test-cache/real-input/', import.meta.url));

/**
 * Builds a function, or finds it built, and returns the folder that holds exactly what belongs into its archive.
 * @throws Error with the output of the build when that fails
 */
export async function buildRealFunction(name: RealFunctionName): Promise<string> {
  const kind: RealFunctionKind = realFunctionKinds[name];
  const built = join(cache, `${name}-${await fingerprint(name, kind)}`);
  if (await isFolder(built)) return built;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, `${name}-draft-`));
  try {
    await cp(join(sources, name), draft, { recursive: true });
    await run(kind.build, draft);
    if (kind.bundled === true) bundle(draft);
    if (kind.only !== undefined) await keepOnly(draft, kind.only);
    await putInPlace(draft, built);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return built;
}

async function fingerprint(name: RealFunctionName, kind: RealFunctionKind): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([kind, platform(), arch()]));
  const folder = join(sources, name);
  for (const file of (await readdir(folder)).sort()) hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function run({ command: [program, ...args], env }: BuildStep, cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
}

function bundle(folder: string): void {
  const entry = { absWorkingDir: folder, entryPoints: ['index.js'], outfile: 'index.cjs' };
  buildSync({ ...entry, bundle: true, platform: 'node', target: 'node24', logLevel: 'error' });
}

async function keepOnly(folder: string, names: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!names.includes(entry)) await rm(join(folder, entry), { recursive: true });
  }
}

/** Another test process may have built the same meanwhile: the first one stays. */
async function putInPlace(draft: string, built: string): Promise<void> {
  try {
    await rename(draft, built);
  } catch (error) {
    if (!(await isFolder(built))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
