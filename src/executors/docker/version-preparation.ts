/** Makes a version ready to be started in containers: image, user, code. */
import { basename } from 'node:path';
import type { Logger } from '../../kernel/logger.ts';
import { isLiveFolder } from '../../lambda/code/live-folder.ts';
import type {
  Architecture,
  ArchiveVersion,
  FunctionVersion,
  ImageVersion,
  VersionCode,
} from '../../lambda/function/function-version.ts';
import { PreparationFailed } from '../executor.ts';
import { extensionFiles } from '../host/extensions/extension-files.ts';
import { ownProgram } from '../host/own-program.ts';
import type { DockerOptions } from './docker-options.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ImageDetails } from './engine/engine-types.ts';
import { ImageContents } from './image-contents.ts';
import { imageOf } from './image-mapping.ts';
import { type ImageRequest, ImageSupply } from './image-supply.ts';
import { prebuildImage } from './prebuilt-image.ts';
import {
  type CodeDelivery,
  type CodeFolder,
  inImage,
  PreparedOnDocker,
  type PreparedParts,
} from './prepared-on-docker.ts';
import type { DockerSite } from './site/docker-site.ts';

export interface VersionPreparationDeps {
  readonly logger: Logger;
  readonly options: DockerOptions;
  readonly codeDirectory: (code: VersionCode, signal: AbortSignal) => Promise<string>;
  /** @param layers at least one; later ones cover earlier ones. */
  readonly layersDirectory: (layers: readonly VersionCode[], signal: AbortSignal) => Promise<string>;
}

export class VersionPreparation {
  readonly #deps: VersionPreparationDeps;
  readonly #images: ImageSupply;
  readonly #contents = new ImageContents();

  /** @param stop ends what several preparations share */
  constructor(deps: VersionPreparationDeps, stop: AbortSignal) {
    this.#deps = deps;
    this.#images = new ImageSupply(deps.logger, stop);
  }

  /** @throws PreparationFailed, EngineError */
  prepare(version: FunctionVersion, site: DockerSite, asked: ImageRequest): Promise<PreparedOnDocker> {
    return version.packageType === 'Image' ? this.#image(version, site, asked) : this.#archive(version, site, asked);
  }

  async #image(version: ImageVersion, { engine }: DockerSite, asked: ImageRequest): Promise<PreparedOnDocker> {
    const platform = this.#platform(version.architecture, engine);
    const image = await this.#images.provide(engine, version.image.uri, platform, asked);
    const { user, extensions, hasShell } = await this.#contents.of(engine, image);
    if (extensions.length > 0 && !hasShell) {
      this.#deps.logger.warn(
        `The image ${version.image.uri} has extensions but no /bin/sh, which starting them needs: it runs without them.`,
      );
    }
    return new PreparedOnDocker({
      version,
      image,
      platform,
      user: this.#askedUser() ?? user,
      delivery: inImage,
      program: () => undefined,
      extensions: hasShell ? extensions : [],
      imageDigest: digestOf(image, version.image.uri),
      dispose: async () => {},
    });
  }

  async #archive(version: ArchiveVersion, site: DockerSite, asked: ImageRequest): Promise<PreparedOnDocker> {
    const { options } = this.#deps;
    const { engine } = site;
    const name = imageOf(version.runtime, options.imageMapping);
    if (name === undefined) {
      throw new PreparationFailed('InvalidRuntime', `There is no image for the runtime ${version.runtime}.`);
    }
    const platform = this.#platform(version.architecture, engine);
    const [image, folders] = await Promise.all([
      this.#images.provide(engine, name, platform, asked),
      this.#folders(version, asked.signal),
    ]);
    const live = [version.code, ...version.layers].some(isLiveFolder);
    const parts: PreparedParts = {
      version,
      image,
      platform,
      // A folder of somebody's own need not be readable to everybody.
      user: this.#askedUser() ?? (live ? undefined : (await this.#contents.of(engine, image)).user),
      delivery: deliver(folders, site, livePlaces(version)),
      program: () => programOf(version, folders),
      extensions: extensionFiles(folders.find(({ target }) => target === '/opt')?.source),
      imageDigest: undefined,
      dispose: async () => {},
    };
    return new PreparedOnDocker(options.prebuildImages && !live ? await prebuildImage(parts, folders, engine) : parts);
  }

  async #folders(version: ArchiveVersion, signal: AbortSignal): Promise<readonly CodeFolder[]> {
    const { codeDirectory, layersDirectory } = this.#deps;
    const [code, layers] = await Promise.all([
      codeDirectory(version.code, signal),
      version.layers.length === 0 ? undefined : layersDirectory(version.layers, signal),
    ]);
    const task: CodeFolder = { source: code, target: '/var/task', live: isLiveFolder(version.code) };
    if (layers === undefined) return [task];
    return [task, { source: layers, target: '/opt', live: version.layers.some(isLiveFolder) }];
  }

  #askedUser(): string | undefined {
    const { user, environment } = this.#deps.options.flags;
    return user ?? environment['LOCALSTACK_USER'];
  }

  /** Of the engine's own platform nothing is said: that every engine understands. */
  #platform(architecture: Architecture, { version }: DockerEngine): string | undefined {
    const { flags, ignoreArchitecture } = this.#deps.options;
    if (flags.platform !== undefined) return flags.platform;
    const wanted = architecture === 'x86_64' ? 'amd64' : 'arm64';
    return ignoreArchitecture || wanted === version.Arch ? undefined : `linux/${wanted}`;
  }
}

/**
 * Folders that the engine sees are mounted, others copied into each container.
 * @param authors where folders appear as their owner has them: those are paths of the engine's own machine
 */
function deliver(folders: readonly CodeFolder[], site: DockerSite, authors: readonly string[]): CodeDelivery {
  const mounted: CodeFolder[] = [];
  const copied: CodeFolder[] = [];
  for (const { source, target, live } of folders) {
    const seen = authors.includes(target) ? source : site.shared(source);
    if (seen === undefined) copied.push({ source, target, live });
    else mounted.push({ source: seen, target, live });
  }
  return { mounted, copied };
}

/** Several layers are merged into a folder of the daemon's. */
const livePlaces = ({ code, layers: [first, ...others] }: ArchiveVersion): readonly string[] => [
  ...(isLiveFolder(code) ? ['/var/task'] : []),
  ...(first !== undefined && others.length === 0 && isLiveFolder(first) ? ['/opt'] : []),
];

/** AWS's images start the runtime's own program; where the function brings it, the image has none. */
function programOf(version: ArchiveVersion, folders: readonly CodeFolder[]): string | undefined {
  if (!/^(?:provided|go)/.test(version.runtime)) return undefined;
  // Perhaps only the engine sees it.
  if (isLiveFolder(version.code)) return '/var/task/bootstrap';
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
