/** An image with a version's code in it, made once in place of mounting or copying the code for each container. */

import type { DockerEngine } from './engine/docker-engine.ts';
import { EngineError } from './engine/engine-error.ts';
import { type CodeFolder, inImage, type PreparedParts } from './prepared-on-docker.ts';
import { tarOfAll } from './tar-archive.ts';

/** The same version in the new image, which goes when the version does. */
export async function prebuildImage(
  parts: PreparedParts,
  folders: readonly CodeFolder[],
  engine: DockerEngine,
): Promise<PreparedParts> {
  const { version, image, platform } = parts;
  const repository = `lambdad-prebuilt/${version.functionName.toLowerCase()}`;
  const tag = version.generation.replaceAll(/[^\w.-]/g, '-').replace(/^[.-]+/, '');
  const name = `${repository}:${tag}`;
  const container = await engine.create(undefined, platform, { Image: image.Id, Cmd: ['/'] });
  try {
    const content = folders.map(({ source, target }) => ({ folder: source, prefix: `${target.slice(1)}/` }));
    await engine.putArchive(container, '/', tarOfAll(content));
    await engine.commit(container, repository, tag, restored(image));
  } finally {
    await engine.remove(container);
  }
  const built = await engine.image(name);
  if (built === undefined) throw new EngineError(`the engine does not have the image ${name} that it made`, 500);
  return { ...parts, image: built, delivery: inImage, dispose: () => engine.removeImage(name) };
}

/** The container was made with a command of its own, which is not to stay. */
function restored({ Config }: PreparedParts['image']): readonly string[] {
  return [`CMD ${JSON.stringify(Config?.Cmd ?? [])}`, `ENTRYPOINT ${JSON.stringify(Config?.Entrypoint ?? [])}`];
}
