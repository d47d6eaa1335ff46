/** The image that Java functions run in under test: the other one with Debian's Java and AWS's own client in it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, imageSources, type RuntimeImage, runtimeImageName } from './runtime-image.ts';

const builder = join(imageSources, 'build-java-image.ts');

/** Names the image by what it is made from: another recipe is another image. */
export function javaImageName(): string {
  const hash = createHash('sha256').update(runtimeImageName()).update(readFileSync(builder));
  return `lambdad-test/java:${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Made if it is not there yet; about half a minute the first time.
 * @returns its name
 */
export async function javaImage({ engine, host }: RuntimeImage): Promise<string> {
  const name = javaImageName();
  if ((await engine.image(name)) === undefined) await alone([builder, host, name]);
  return name;
}
