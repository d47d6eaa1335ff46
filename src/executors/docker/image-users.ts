/** Which user the function runs as in an image. */
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ImageDetails } from './engine/engine-types.ts';
import { firstFileOf } from './tar-archive.ts';

/** AWS's user for functions; its own public images do not list it, those made for us may. */
const sandboxUser = 'sbx_user1051';

export class ImageUsers {
  readonly #known = new Map<string, Promise<string | undefined>>();

  /** The name of the sandbox's user when the image lists it; `undefined` leaves the image's own. */
  of(engine: DockerEngine, image: ImageDetails): Promise<string | undefined> {
    const known = this.#known.get(image.Id);
    if (known !== undefined) return known;
    const found = find(engine, image);
    this.#known.set(image.Id, found);
    found.catch(() => this.#known.delete(image.Id));
    return found;
  }
}

/** Only containers have files to look at: one is made for that and never started. */
async function find(engine: DockerEngine, image: ImageDetails): Promise<string | undefined> {
  const container = await engine.create(undefined, undefined, { Image: image.Id, Cmd: ['/'] });
  try {
    const archive = await engine.archive(container, '/etc/passwd');
    const users = archive === undefined ? '' : firstFileOf(archive).toString('utf8');
    return users.split('\n').some((line) => line.startsWith(`${sandboxUser}:`)) ? sandboxUser : undefined;
  } finally {
    await engine.remove(container);
  }
}
