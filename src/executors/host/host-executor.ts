/** Runs functions as processes of this machine, in a sandbox where there is one. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { ArchiveVersion, FunctionVersion, VersionCode } from '../../lambda/function/function-version.ts';
import {
  type Executor,
  type LaunchSpec,
  PreparationFailed,
  type PreparedVersion,
  type RunningProcess,
} from '../executor.ts';
import { memoryLimit } from '../memory-limit.ts';
import { processLimit } from '../processes-limit.ts';
import { loopback } from '../runtime-api-host.ts';
import { extensionFiles } from './extensions/extension-files.ts';
import { HostEnvironment } from './host-environment.ts';
import type { HostPlatform } from './host-platform.ts';
import { launchCommand } from './launch-command.ts';
import { ownProgram } from './own-program.ts';
import { checkDotnetHandler } from './provision/dotnet-handler.ts';
import { FetchedRuntimes } from './provision/fetched-runtimes.ts';
import { Provisions } from './provision/provisions.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';
import { Site } from './site.ts';

export interface HostExecutorOptions {
  /** `auto` takes the sandbox where there is one; `required` refuses to go without; `off` does without. */
  readonly sandbox: 'auto' | 'required' | 'off';
  /** Whether processes stand still between invocations. */
  readonly freeze: boolean;
  /** `off` leaves control groups alone also where they could be used; memory is then watched. Default `auto`. */
  readonly controlGroups?: 'auto' | 'off';
}

export interface HostExecutorDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: HostPlatform;
  /** The unpacked code in a folder that nobody changes any more, or the author's own. */
  readonly codeDirectory: (code: VersionCode, signal: AbortSignal) => Promise<string>;
  /** The same of layers, at least one, the later over the earlier. */
  readonly layersDirectory: (layers: readonly VersionCode[], signal: AbortSignal) => Promise<string>;
  /** Below which each executor makes a folder for its environments. */
  readonly workDirectory: string;
  /** Holds our bootstraps, in a folder per language. */
  readonly runtimesDirectory: string;
  /** Runtimes that this machine lacks: where they are kept, and whether they may be fetched. */
  readonly fetching: { readonly directory: string; readonly allowed: boolean };
  readonly options: HostExecutorOptions;
}

/** @throws Error when a sandbox is required and cannot be had, with what to type. */
export async function createHostExecutor(deps: HostExecutorDeps, signal: AbortSignal): Promise<Executor> {
  const { clock, logger, platform, workDirectory, options } = deps;
  const { sandbox, controlGroups = 'auto' } = options;
  return new HostExecutor(
    deps,
    await Site.create({ clock, logger, platform, workDirectory, sandbox, controlGroups }, signal),
  );
}

class PreparedOnHost implements PreparedVersion {
  readonly version: ArchiveVersion;
  readonly provision: RuntimeProvision;
  readonly code: string;
  readonly layers: string | undefined;
  readonly extensions: readonly string[];

  constructor(version: ArchiveVersion, provision: RuntimeProvision, code: string, layers: string | undefined) {
    this.version = version;
    this.provision = provision;
    this.code = code;
    this.layers = layers;
    this.extensions = extensionFiles(layers);
  }

  /** The code belongs to the store, which shares it between versions. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

class HostExecutor implements Executor {
  readonly kind = 'host';
  readonly runtimeApiHost = loopback;
  readonly outputLag = undefined;
  readonly isolation: string;
  readonly #deps: HostExecutorDeps;
  readonly #site: Site;
  readonly #provisions: Provisions;
  readonly #environments = new Set<RunningProcess>();
  #disposal: Promise<void> | undefined;

  constructor(deps: HostExecutorDeps, site: Site) {
    this.#deps = deps;
    this.#site = site;
    const { platform, logger, fetching } = deps;
    const fetched = new FetchedRuntimes({ platform, logger, ...fetching });
    this.#provisions = new Provisions({ platform, logger, fetched });
    this.isolation = site.description;
  }

  async prepare(version: FunctionVersion, signal: AbortSignal): Promise<PreparedVersion> {
    if (version.packageType === 'Image') throw imagesNeedDocker();
    const provision = await this.#provisions.of(version.runtime, signal);
    if (provision.family === 'dotnet') checkDotnetHandler(version);
    signal.throwIfAborted();
    this.#site.isolation.prepare();
    const { codeDirectory, layersDirectory } = this.#deps;
    const [code, layers] = await Promise.all([
      codeDirectory(version.code, signal),
      version.layers.length === 0 ? undefined : layersDirectory(version.layers, signal),
    ]);
    return new PreparedOnHost(version, provision, code, layers);
  }

  /** @throws InvalidEntrypoint when a custom runtime has no program to start. */
  async start(prepared: PreparedVersion, spec: LaunchSpec, signal: AbortSignal): Promise<RunningProcess> {
    if (!(prepared instanceof PreparedOnHost)) throw new TypeError('a version that another executor has prepared');
    signal.throwIfAborted();
    this.#site.signal.throwIfAborted();
    const { version, provision, code, layers, extensions } = prepared;
    if (provision.kind === 'bootstrap') ownProgram(prepared);

    const { isolation, groups, pipes } = this.#site;
    const folder = join(this.#site.folder, spec.environmentId);
    const temporary = makeTemporary(folder);
    const runtime = runtimeFolder(provision, this.#deps.runtimesDirectory);
    const group = groups?.create(`${this.#site.name}-${spec.environmentId}`, {
      memory: memoryLimit(version, spec),
      processes: processLimit,
    });
    const deps = {
      clock: this.#deps.clock,
      version,
      spec,
      isolation,
      command: launchCommand(version, spec, provision, isolation, { code, layers, runtime, temporary }, extensions),
      extensions,
      folder,
      group,
      groupLimitsMemory: groups?.limitsMemory === true,
      pipes,
      freeze: this.#deps.options.freeze,
      siblings: this.#environments,
    };
    return HostEnvironment.start(deps, signal);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#site.close();
    await Promise.all([...this.#environments].map((environment) => environment[Symbol.asyncDispose]()));
    await this.#provisions[Symbol.asyncDispose]();
    await this.#site[Symbol.asyncDispose]();
  }
}

/** What the function sees at `/var/runtime`; nothing for one that brings its own program. */
function runtimeFolder(provision: RuntimeProvision, bootstraps: string): string | undefined {
  // A program for .NET brings its client of the Runtime API in its own package.
  if (provision.kind === 'bootstrap' || provision.family === 'dotnet') return undefined;
  return provision.client ?? join(bootstraps, provision.family);
}

/** As AWS has `/tmp`: everybody writes, nobody removes what is another's. */
function makeTemporary(folder: string): string {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  chmodSync(temporary, 0o1777);
  return temporary;
}

const imagesNeedDocker = (): PreparationFailed =>
  new PreparationFailed(
    'InvalidImage',
    'A function from a container image needs Docker, and functions run without it here.',
  );
