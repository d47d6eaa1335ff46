/** AWS names the exact build of a runtime; here a runtime has one, named by a digest of what it is. */
import { createHash } from 'node:crypto';
import type { Scope } from '../../aws/scope.ts';
import type { Architecture } from '../function/function-version.ts';
import { runtimeCatalogue } from './runtime-catalogue.ts';

const buildOf = (runtime: string, architecture: Architecture): string =>
  createHash('sha256').update(`${runtime} ${architecture}`).digest('hex');

/** Made once: every reply that shows a configuration shows one. */
const builds: ReadonlyMap<string, string> = new Map(
  runtimeCatalogue.flatMap(({ id }) =>
    (['x86_64', 'arm64'] as const).map((architecture) => [`${id} ${architecture}`, buildOf(id, architecture)]),
  ),
);

/** `arn:aws:lambda:us-east-1::runtime:<64 hexadecimal digits>` */
export function runtimeVersionArn({ partition, region }: Scope, runtime: string, architecture: Architecture): string {
  const build = builds.get(`${runtime} ${architecture}`) ?? buildOf(runtime, architecture);
  return `arn:${partition}:lambda:${region}::runtime:${build}`;
}
