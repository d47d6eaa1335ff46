/** What is in an image, as far as starting functions from it asks: AWS's user, extensions, a shell. */
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ImageDetails } from './engine/engine-types.ts';
import { firstFileOf } from './tar-archive.ts';
import { tarEntries } from './tar-entries.ts';

export interface ImageContent {
  /** The name of the sandbox's user when the image lists it; `undefined` leaves the image's own. */
  readonly user: string | undefined;
  /** File names of the external extensions in it, sorted. */
  readonly extensions: readonly string[];
  readonly hasShell: boolean;
}

/** AWS's user for functions; its own public images do not list it, those made for us may. */
const sandboxUser = 'sbx_user1051';

export class ImageContents {
  readonly #known = new Map<string, Promise<ImageContent>>();

  of(engine: DockerEngine, image: ImageDetails): Promise<ImageContent> {
    const known = this.#known.get(image.Id);
    if (known !== undefined) return known;
    const found = find(engine, image);
    this.#known.set(image.Id, found);
    found.catch(() => this.#known.delete(image.Id));
    return found;
  }
}

/** Only containers have files to look at: one is made for that and never started. */
async function find(engine: DockerEngine, image: ImageDetails): Promise<ImageContent> {
  const container = await engine.create(undefined, undefined, { Image: image.Id, Cmd: ['/'] });
  try {
    const [user, extensions, hasShell] = await Promise.all([
      userOf(engine, container),
      extensionsOf(engine, container),
      engine.has(container, '/bin/sh'),
    ]);
    return { user, extensions, hasShell };
  } finally {
    await engine.remove(container);
  }
}

async function userOf(engine: DockerEngine, container: string): Promise<string | undefined> {
  const archive = await engine.archive(container, '/etc/passwd');
  const users = archive === undefined ? '' : firstFileOf(archive).toString('utf8');
  return users.split('\n').some((line) => line.startsWith(`${sandboxUser}:`)) ? sandboxUser : undefined;
}

/** Folders beside them are the extensions' own. */
async function extensionsOf(engine: DockerEngine, container: string): Promise<readonly string[]> {
  const archive = await engine.archiveStream(container, '/opt/extensions');
  if (archive === undefined) return [];
  const names = (await tarEntries(archive)).flatMap(({ name, isFolder }) => {
    const [, file] = isFolder ? [] : (/^extensions\/([^/]+)$/.exec(name) ?? []);
    return file ?? [];
  });
  return names.toSorted();
}
