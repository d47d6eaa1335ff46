/** An engine and how it stands to this daemon: networks, shared files, and the stamp that tells our containers. */
import { hostname } from 'node:os';
import { posix } from 'node:path';
import type { Random } from '../../../kernel/random.ts';
import { stampOf } from '../../host/instance-folder.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import type { EngineAccess } from '../engine/engine-address.ts';
import type { ContainerDetails } from '../engine/engine-types.ts';
import { daemonLabels } from './container-labels.ts';
import { type ContainerNetwork, findNetwork, type NetworkWishes } from './container-network.ts';
import { ownContainer } from './own-container.ts';

export interface DockerSiteDeps {
  readonly random: Random;
  readonly access: EngineAccess;
  readonly network: NetworkWishes;
  readonly processId: number;
  readonly insideContainer: boolean;
}

export class DockerSite implements Disposable {
  readonly engine: DockerEngine;
  readonly network: ContainerNetwork;
  /** What every container gets, so that its daemon can be told. */
  readonly labels: Readonly<Record<string, string>>;
  readonly #own: ContainerDetails | undefined;
  readonly #insideContainer: boolean;

  private constructor(
    engine: DockerEngine,
    network: ContainerNetwork,
    labels: Readonly<Record<string, string>>,
    own: ContainerDetails | undefined,
    insideContainer: boolean,
  ) {
    this.engine = engine;
    this.network = network;
    this.labels = labels;
    this.#own = own;
    this.#insideContainer = insideContainer;
  }

  /** @throws EngineError when no engine answers or the network is not there */
  static async find(deps: DockerSiteDeps, signal: AbortSignal): Promise<DockerSite> {
    const engine = await connectEngine(deps.access, signal);
    try {
      const own = await ownContainer(engine, deps.insideContainer, signal);
      const network = await findNetwork(engine, own, deps.network, signal);
      const labels = daemonLabels(`${stampOf(deps.processId)}${deps.random.hex(3)}`, hostname(), own?.Id);
      return new DockerSite(engine, network, labels, own, deps.insideContainer);
    } catch (error) {
      engine[Symbol.dispose]();
      throw error;
    }
  }

  /** Where the engine finds what the daemon has at this path; `undefined` when they share no such folder. */
  shared(path: string): string | undefined {
    if (this.engine.address.kind !== 'socket') return undefined;
    if (!this.#insideContainer) return path;
    for (const { Source, Destination } of this.#own?.Mounts ?? []) {
      const below = posix.relative(Destination, path);
      if (Source !== '' && !below.startsWith('..')) return posix.join(Source, below);
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.engine[Symbol.dispose]();
  }
}
