/** Makes a version ready to be started in containers: image, user, code. */
import { basename } from 'node:path';
import type { Logger } from '../../kernel/logger.ts';
import type { CodeReference } from '../../lambda/code/code-reference.ts';
import type {
  Architecture,
  ArchiveVersion,
  FunctionVersion,
  ImageVersion,
  VersionCode,
} from '../../lambda/function/function-version.ts';
import { PreparationFailed } from '../executor.ts';
import { ownProgram } from '../host/own-program.ts';
import type { DockerOptions } from './docker-options.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ImageDetails } from './engine/engine-types.ts';
import { imageOf } from './image-mapping.ts';
import { ImageSupply } from './image-supply.ts';
import { ImageUsers } from './image-users.ts';
import { prebuildImage } from './prebuilt-image.ts';
import { type CodeDelivery, type CodeFolder, PreparedOnDocker, type PreparedParts } from './prepared-on-docker.ts';
import type { DockerSite } from './site/docker-site.ts';

export interface VersionPreparationDeps {
  readonly logger: Logger;
  readonly options: DockerOptions;
  readonly codeDirectory: (code: VersionCode, signal: AbortSignal) => Promise<string>;
  /** @param layers at least one; later ones cover earlier ones. */
  readonly layersDirectory: (layers: readonly CodeReference[], signal: AbortSignal) => Promise<string>;
}

export class VersionPreparation {
  readonly #deps: VersionPreparationDeps;
  readonly #images: ImageSupply;
  readonly #users = new ImageUsers();

  constructor(deps: VersionPreparationDeps) {
    this.#deps = deps;
    this.#images = new ImageSupply(deps.logger);
  }

  /** @throws PreparationFailed, EngineError */
  prepare(version: FunctionVersion, site: DockerSite, signal: AbortSignal): Promise<PreparedOnDocker> {
    return version.packageType === 'Image' ? this.#image(version, site, signal) : this.#archive(version, site, signal);
  }

  async #image(version: ImageVersion, { engine }: DockerSite, signal: AbortSignal): Promise<PreparedOnDocker> {
    const platform = this.#platform(version.architecture, engine);
    const image = await this.#images.provide(engine, version.image.uri, platform, signal);
    return new PreparedOnDocker({
      version,
      image,
      platform,
      user: await this.#user(engine, image),
      delivery: { kind: 'in-image' },
      program: () => undefined,
      imageDigest: digestOf(image, version.image.uri),
      dispose: async () => {},
    });
  }

  async #archive(version: ArchiveVersion, site: DockerSite, signal: AbortSignal): Promise<PreparedOnDocker> {
    const { options } = this.#deps;
    const { engine } = site;
    const name = imageOf(version.runtime, options.imageMapping);
    if (name === undefined) {
      throw new PreparationFailed('InvalidRuntime', `There is no image for the runtime ${version.runtime}.`);
    }
    const platform = this.#platform(version.architecture, engine);
    const [image, folders] = await Promise.all([
      this.#images.provide(engine, name, platform, signal),
      this.#folders(version, signal),
    ]);
    const parts: PreparedParts = {
      version,
      image,
      platform,
      user: await this.#user(engine, image),
      delivery: deliver(folders, site),
      program: () => programOf(version, folders),
      imageDigest: undefined,
      dispose: async () => {},
    };
    return new PreparedOnDocker(options.prebuildImages ? await prebuildImage(parts, folders, engine) : parts);
  }

  async #folders(version: ArchiveVersion, signal: AbortSignal): Promise<readonly CodeFolder[]> {
    const { codeDirectory, layersDirectory } = this.#deps;
    const [code, layers] = await Promise.all([
      codeDirectory(version.code, signal),
      version.layers.length === 0 ? undefined : layersDirectory(version.layers, signal),
    ]);
    const task: CodeFolder = { source: code, target: '/var/task' };
    return layers === undefined ? [task] : [task, { source: layers, target: '/opt' }];
  }

  async #user(engine: DockerEngine, image: ImageDetails): Promise<string | undefined> {
    const { flags } = this.#deps.options;
    if (flags.user !== undefined) return flags.user;
    const { LOCALSTACK_USER: asked } = flags.environment;
    return asked ?? (await this.#users.of(engine, image));
  }

  /** Of the engine's own platform nothing is said: that every engine understands. */
  #platform(architecture: Architecture, { version }: DockerEngine): string | undefined {
    const { flags, ignoreArchitecture } = this.#deps.options;
    if (flags.platform !== undefined) return flags.platform;
    const wanted = architecture === 'x86_64' ? 'amd64' : 'arm64';
    return ignoreArchitecture || wanted === version.Arch ? undefined : `linux/${wanted}`;
  }
}

/** Folders that the engine sees are mounted, others copied into each container. */
function deliver(folders: readonly CodeFolder[], site: DockerSite): CodeDelivery {
  const shared = folders.flatMap(({ source, target }) => {
    const seen = site.shared(source);
    return seen === undefined ? [] : [{ source: seen, target }];
  });
  return shared.length === folders.length ? { kind: 'mounted', folders: shared } : { kind: 'copied', folders };
}

/** AWS's images start the runtime's own program; where the function brings it, the image has none. */
function programOf(version: ArchiveVersion, folders: readonly CodeFolder[]): string | undefined {
  if (!/^(?:provided|go)/.test(version.runtime)) return undefined;
  const [task, layers] = folders;
  const where = ownProgram({ code: task?.source ?? '', layers: layers?.source });
  return where === 'task' ? '/var/task/bootstrap' : '/opt/bootstrap';
}

/** Hexadecimal, as the registry knows the image; one that never was in a registry has only the engine's own name. */
function digestOf({ Id, RepoDigests }: ImageDetails, uri: string): string {
  const repository = basename(uri).split(/[:@]/)[0] ?? '';
  const known = RepoDigests?.find((digest) => basename(digest.split('@')[0] ?? '') === repository) ?? RepoDigests?.[0];
  return (known ?? Id).split('sha256:')[1] ?? '';
}
