/** Runs functions in containers of a Docker engine, from AWS's own images. */
import { hostname } from 'node:os';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import {
  type Executor,
  type LaunchSpec,
  PreparationFailed,
  type PreparedVersion,
  type RunningProcess,
} from '../executor.ts';
import { loopback, type RuntimeApiHost } from '../runtime-api-host.ts';
import { withDebugger } from './container-debugger.ts';
import { containerSettings } from './container-settings.ts';
import { DockerEnvironment } from './docker-environment.ts';
import type { DockerOptions } from './docker-options.ts';
import { isUnreachable } from './engine/engine-error.ts';
import { PreparedOnDocker } from './prepared-on-docker.ts';
import { DockerSite } from './site/docker-site.ts';
import { removeLeftovers } from './site/remove-leftovers.ts';
import { tarOf } from './tar-archive.ts';
import { unlessAborted } from './unless-aborted.ts';
import { readVariables } from './variables-file.ts';
import { VersionPreparation, type VersionPreparationDeps } from './version-preparation.ts';

export interface DockerExecutorDeps extends VersionPreparationDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly options: DockerOptions;
  readonly processId: number;
  /** Holds our bootstraps, in a folder per language. */
  readonly runtimesDirectory: string;
  /** Whether the daemon itself runs in a container. */
  readonly insideContainer: boolean;
  readonly os: NodeJS.Platform;
}

const whatToDo =
  'Start Docker, or say with DOCKER_HOST where it is; LAMBDA_RUNTIME_EXECUTOR=host runs functions without it.';

/**
 * Without an engine it is there all the same: functions then fail to be prepared until there is one.
 * @throws Error when a file that LAMBDA_DOCKER_FLAGS names cannot be read
 */
export async function createDockerExecutor(deps: DockerExecutorDeps, signal: AbortSignal): Promise<Executor> {
  const executor = await unconnected(deps);
  try {
    await executor.connect(signal);
  } catch (error) {
    signal.throwIfAborted();
    deps.logger.warn(`Docker not available: ${error instanceof Error ? error.message : String(error)}. ${whatToDo}`);
  }
  return executor;
}

/**
 * The same when an engine answers, otherwise nothing.
 * @throws Error when a file that LAMBDA_DOCKER_FLAGS names cannot be read
 */
export async function findDockerExecutor(deps: DockerExecutorDeps, signal: AbortSignal): Promise<Executor | undefined> {
  const executor = await unconnected(deps);
  try {
    await executor.connect(signal);
    return executor;
  } catch (error) {
    signal.throwIfAborted();
    await executor[Symbol.asyncDispose]();
    deps.logger.debug('Functions run without Docker', { error });
    return undefined;
  }
}

async function unconnected(deps: DockerExecutorDeps): Promise<DockerExecutor> {
  return new DockerExecutor(deps, await readVariables(deps.options.flags.environmentFiles));
}

class DockerExecutor implements Executor {
  readonly kind = 'docker';
  /** Output comes by way of the engine. */
  readonly outputLag = milliseconds(15);
  readonly #deps: DockerExecutorDeps;
  readonly #fileVariables: Readonly<Record<string, string>>;
  readonly #preparation: VersionPreparation;
  readonly #environments = new Set<RunningProcess>();
  readonly #abort = new AbortController();
  #site: DockerSite | undefined;
  #connecting: Promise<DockerSite> | undefined;
  #cleaning: Promise<void> = Promise.resolve();
  #disposal: Promise<void> | undefined;

  constructor(deps: DockerExecutorDeps, fileVariables: Readonly<Record<string, string>>) {
    this.#deps = deps;
    this.#fileVariables = fileVariables;
    this.#preparation = new VersionPreparation(deps, this.#abort.signal);
  }

  get isolation(): string {
    return this.#site === undefined
      ? 'Docker, which is not available'
      : `containers of ${this.#site.engine.description}`;
  }

  get runtimeApiHost(): RuntimeApiHost {
    return this.#site?.network.runtimeApiHost ?? loopback;
  }

  /** @throws EngineError when no engine answers */
  connect(signal: AbortSignal): Promise<DockerSite> {
    if (this.#site !== undefined) return Promise.resolve(this.#site);
    this.#connecting ??= this.#connect(this.#abort.signal).finally(() => {
      this.#connecting = undefined;
    });
    return unlessAborted(this.#connecting, signal);
  }

  async prepare(
    version: FunctionVersion,
    signal: AbortSignal,
    progress: (what: string) => void = () => {},
  ): Promise<PreparedVersion> {
    const stopping = AbortSignal.any([signal, this.#abort.signal]);
    try {
      const site = await this.connect(stopping);
      return await this.#preparation.prepare(version, site, { signal: stopping, progress });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      this.#deps.logger.error(`Docker not available: ${error instanceof Error ? error.message : ''}. ${whatToDo}`);
      throw new PreparationFailed('InternalError', 'Docker not available', error);
    }
  }

  async start(prepared: PreparedVersion, spec: LaunchSpec, signal: AbortSignal): Promise<RunningProcess> {
    if (!(prepared instanceof PreparedOnDocker)) throw new TypeError('a version that another executor has prepared');
    signal.throwIfAborted();
    this.#abort.signal.throwIfAborted();
    const site = await this.connect(signal);
    const { clock, options } = this.#deps;
    const { version } = prepared;
    const parts = withDebugger(prepared.parts, spec, this.#deps.runtimesDirectory);
    const context = { options, network: site.network, labels: site.labels, fileVariables: this.#fileVariables };
    const environment = {
      clock,
      engine: site.engine,
      version,
      spec,
      name: `lambdad-${version.functionName}-${spec.environmentId}`,
      platform: parts.platform,
      settings: containerSettings(parts, spec, context),
      extensions: prepared.extensions,
      direct: site.network.direct,
      networks: site.network.others,
      copies: parts.delivery.copied.map(({ source, target, live }) => ({ target, live, archive: () => tarOf(source) })),
      freeze: options.freeze,
      remove: options.removeContainers,
      siblings: this.#environments,
    };
    return DockerEnvironment.start(environment, signal);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#abort.abort(new Error('the Docker executor is disposed of'));
    await Promise.all([...this.#environments].map((environment) => environment[Symbol.asyncDispose]()));
    await this.#connecting?.catch(() => undefined);
    await this.#cleaning;
    this.#site?.[Symbol.dispose]();
  }

  async #connect(signal: AbortSignal): Promise<DockerSite> {
    const { random, options, processId, insideContainer, os, logger } = this.#deps;
    const { access, networks, hostname: reachedAs, flags } = options;
    const network = { networks: flags.networks.length > 0 ? flags.networks : networks, hostname: reachedAs, os };
    const site = await DockerSite.find({ random, access, network, processId, insideContainer }, signal);
    this.#site = site;
    this.#cleaning = removeLeftovers(site.engine, hostname()).catch((error: unknown) => {
      logger.warn('Could not remove the containers that an earlier daemon left.', { error });
    });
    return site;
  }
}
