/** Makes an image from the runtime image by putting files on top. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tarOf } from '../../src/executors/docker/tar-archive.ts';
import type { RuntimeImage } from './runtime-image.ts';

/**
 * @param name with a tag
 * @param changes lines of a Dockerfile
 * @returns the name
 */
export async function derivedImage(
  { engine, image }: RuntimeImage,
  name: string,
  files: Readonly<Record<string, string>>,
  changes: readonly string[] = [],
): Promise<string> {
  const [repository = '', tag = ''] = name.split(':');
  const folder = await mkdtemp(join(tmpdir(), 'lambdad-image-'));
  const container = await engine.create(undefined, undefined, { Image: image });
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      // Whatever begins like a program is one.
      await writeFile(join(folder, file), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
    await engine.putArchive(container, '/', tarOf(folder));
    await engine.commit(container, repository, tag, changes);
  } finally {
    await engine.remove(container);
    await rm(folder, { recursive: true });
  }
  return name;
}
