/** The image that functions run in under test: made like AWS's, with AWS's own runtime interface clients in it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureDockerEngine, type TestEngine } from './ensure-docker-engine.ts';

export const imageSources = fileURLToPath(new URL('.', import.meta.url));
export const imageCache = fileURLToPath(new URL('../../.lambdad/test-cache/images/', import.meta.url));
const builder = join(imageSources, 'build-runtime-image.ts');

/** The runtimes that the image has. */
export const imageRuntimes = ['nodejs24.x', 'python3.11', 'provided.al2023'] as const;

export interface RuntimeImage extends TestEngine {
  /** `lambdad-test/runtime:<what it was made from>` */
  readonly image: string;
  /** What a daemon needs to run functions in it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Names the image by what it is made from: another recipe is another image. */
export function runtimeImageName(): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of ['build-runtime-image.ts', 'root/lambda-entrypoint.sh', 'root/bootstrap']) {
    hash.update(readFileSync(join(imageSources, file)));
  }
  return `lambdad-test/runtime:${hash.digest('hex').slice(0, 12)}`;
}

/**
 * An engine that has the image, made if it is not there yet; about a minute the first time.
 * @throws Error when this machine can have neither, with the reason
 */
export async function runtimeImage(): Promise<RuntimeImage> {
  const image = runtimeImageName();
  await installPrograms();
  const test = await ensureDockerEngine();
  if ((await test.engine.image(image)) === undefined) await alone([builder, test.host, image]);
  return {
    ...test,
    image,
    settings: {
      LAMBDA_RUNTIME_EXECUTOR: 'docker',
      DOCKER_HOST: test.host,
      LAMBDA_RUNTIME_IMAGE_MAPPING: JSON.stringify(Object.fromEntries(imageRuntimes.map((name) => [name, image]))),
    },
  };
}

/** The same for a test file, which is skipped with the reason where this machine can have neither. */
export async function runtimeImageOrSkip(): Promise<RuntimeImage> {
  try {
    return await runtimeImage();
  } catch (error) {
    test('functions in containers', (t) => t.skip(error instanceof Error ? error.message : String(error)));
    // The rest of the file never begins; that it was waited for in vain is no failure.
    process.once('exit', () => {
      process.exitCode = 0;
    });
    return new Promise(() => {});
  }
}

const installPrograms = (): Promise<void> => alone([join(imageSources, 'install-programs.mjs')]);

/** Runs a program while no other test file does. */
export async function alone(program: readonly string[]): Promise<void> {
  mkdirSync(imageCache, { recursive: true });
  const child = spawn('flock', [join(imageCache, 'lock'), process.execPath, ...program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program.join(' ')} ended with ${code}:\n${output.slice(-4000)}`);
}
