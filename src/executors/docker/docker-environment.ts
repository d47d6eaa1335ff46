/** One environment: a container, and one run of it after another. */
import type { Duplex, Readable } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';
import { megabytesToBytes } from '../../kernel/quantity.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import { connectTo } from '../connect-to.ts';
import type {
  LaunchSpec,
  PeerConnection,
  ProcessExit,
  ProcessHandle,
  ResourceUsage,
  RunningProcess,
} from '../executor.ts';
import { loopback } from '../runtime-api-host.ts';
import { ContainerMemory } from './container-memory.ts';
import { ContainerRun } from './container-run.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import { isNotFound, isUnreachable } from './engine/engine-error.ts';
import type { ContainerDetails, ContainerSettings } from './engine/engine-types.ts';
import { relayTo } from './extensions/container-connection.ts';
import { ExtensionRuns } from './extensions/extension-runs.ts';

export interface DockerEnvironmentDeps {
  readonly clock: Clock;
  readonly engine: DockerEngine;
  readonly version: FunctionVersion;
  readonly spec: LaunchSpec;
  readonly name: string;
  readonly platform: string | undefined;
  readonly settings: ContainerSettings;
  /** File names of the external extensions: where there are some, the runtime waits to be started. */
  readonly extensions: readonly string[];
  /** Whether connections come from the container's own address. */
  readonly direct: boolean;
  /** Joined beside the main one. */
  readonly networks: readonly string[];
  /** What is copied into a new container, and where; what is live also before each further run. */
  readonly copies: readonly { readonly target: string; readonly live: boolean; readonly archive: () => Readable }[];
  /** Whether `freeze` does anything. */
  readonly freeze: boolean;
  /** Whether the container goes with the environment. */
  readonly remove: boolean;
  /** All environments of the executor: this one is among them from its start to its disposal. */
  readonly siblings: Set<RunningProcess>;
}

export class DockerEnvironment implements RunningProcess {
  readonly #deps: DockerEnvironmentDeps;
  readonly #memory: ContainerMemory;
  #container: string | undefined;
  #run: ContainerRun | undefined;
  #extensions: ExtensionRuns | undefined;
  #exited: Promise<ProcessExit> = Promise.resolve({ kind: 'code', code: 0 });
  /** What the container is told is told in this order. */
  #commands: Promise<unknown> = Promise.resolve();
  #addresses: ReadonlySet<string> = new Set();
  #frozen = false;
  #paused = false;
  #disposal: Promise<void> | undefined;

  private constructor(deps: DockerEnvironmentDeps) {
    this.#deps = deps;
    this.#memory = new ContainerMemory(deps.engine);
  }

  /** @throws EngineError when the container cannot be started; nothing is left of the environment then. */
  static async start(deps: DockerEnvironmentDeps, signal: AbortSignal): Promise<DockerEnvironment> {
    const environment = new DockerEnvironment(deps);
    deps.siblings.add(environment);
    try {
      await environment.#inTurn(() => environment.#launch(signal));
      return environment;
    } catch (error) {
      await environment[Symbol.asyncDispose]();
      throw error;
    }
  }

  get exited(): Promise<ProcessExit> {
    return this.#exited;
  }

  get handle(): ProcessHandle | undefined {
    return this.#container === undefined ? undefined : { kind: 'container', id: this.#container };
  }

  restart(signal: AbortSignal): Promise<void> {
    this.thaw();
    return this.#inTurn(async () => {
      const { engine } = this.#deps;
      this.#extensions?.end();
      if (this.#container !== undefined) {
        await engine.kill(this.#container);
        // `exited` may have given it up while the engine could not be asked.
        await engine.waitForEnd(this.#container).catch(ignoreNotFound);
      }
      await Promise.all([this.#exited, this.#run?.ended]);
      await this.#launch(signal);
    });
  }

  startRuntime(): void {
    this.#run?.startRuntime();
  }

  /** By its address, where that is seen from here and what listens does so on it; else from within the container. */
  async connect(port: number): Promise<Duplex> {
    const [address] = this.#deps.direct ? this.#addresses : [];
    const straight = address === undefined ? undefined : await connectTo(address, port).catch(() => undefined);
    if (straight !== undefined) return straight;
    return this.#inTurn(async () => {
      if (this.#container === undefined || this.#disposal !== undefined) throw new Error('there is no container');
      return relayTo(this.#deps, this.#container, port);
    });
  }

  terminate(): void {
    this.thaw();
    this.#tell((container) => this.#deps.engine.kill(container, 'SIGTERM'));
  }

  /** Takes the engine some milliseconds, which nobody waits for. */
  freeze(): void {
    if (this.#frozen || !this.#deps.freeze || this.#disposal !== undefined) return;
    this.#frozen = true;
    this.#follow();
  }

  thaw(): void {
    if (!this.#frozen) return;
    this.#frozen = false;
    this.#follow();
  }

  /** Peak of the runtime process, of all runs of it. */
  usage(): ResourceUsage {
    return { maxMemory: this.#memory.peak() };
  }

  /** Every container has addresses of its own. */
  speaks({ remoteAddress }: PeerConnection): boolean {
    return !this.#deps.direct || this.#addresses.size === 0 || this.#addresses.has(remoteAddress);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#deps.spec.debugger?.ended();
    this.thaw();
    this.#extensions?.end();
    await this.#inTurn(() => this.#end()).catch((error: unknown) => {
      // An engine that is gone has taken its containers along; a later one is cleaned by a later daemon.
      if (!isUnreachable(error)) throw error;
    });
    await Promise.all([this.#exited, this.#run?.ended]);
    this.#memory[Symbol.dispose]();
    this.#deps.siblings.delete(this);
  }

  async #end(): Promise<void> {
    const { engine, remove } = this.#deps;
    if (this.#container === undefined) return;
    if (remove) await engine.remove(this.#container);
    else await engine.kill(this.#container);
  }

  async #launch(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#disposal !== undefined) throw new Error('the environment is disposed of');
    const run = await this.#startContainer(signal);
    this.#run = run;
    this.#paused = false;
    this.#memory.follow(run.details, this.#deps.extensions.length > 0);
    this.#addresses = addressesOf(run.details);
    this.#exited = run.exited.then((exit) => this.#tellExit(exit));
    // Where the daemon does not see the container's own address, the port is published on this machine.
    const [address = loopback.advertise] = this.#deps.direct ? this.#addresses : [];
    this.#deps.spec.debugger?.launched(address);
    if (this.#deps.extensions.length > 0) await this.#startExtensions(run.details.Id, signal);
  }

  async #startContainer(signal: AbortSignal): Promise<ContainerRun> {
    const { clock, engine, spec, extensions } = this.#deps;
    const start = async (container: string): Promise<ContainerRun> => {
      const mark = extensions.length === 0 ? undefined : spec.environmentId;
      return ContainerRun.start({ clock, engine, container, output: spec.output, mark }, signal);
    };
    try {
      if (this.#container === undefined) this.#container = await this.#create(signal);
      else await this.#copy(this.#container, signal, true);
      return await start(this.#container);
    } catch (error) {
      // Somebody removed it: there is no file system to keep, and the function goes on in a new one.
      if (!isNotFound(error)) throw error;
      this.#container = await this.#create(signal);
      return start(this.#container);
    }
  }

  async #startExtensions(container: string, signal: AbortSignal): Promise<void> {
    const { engine, spec, extensions: names } = this.#deps;
    const { extensionOutput: output = () => {}, extensionExited: exited = () => {} } = spec;
    this.#extensions = await ExtensionRuns.start({ engine, container, names, output, exited }, signal);
  }

  async #create(signal: AbortSignal): Promise<string> {
    const { engine, name, platform, settings, networks } = this.#deps;
    const container = await engine.create(name, platform, settings, signal);
    this.#container = container;
    for (const network of networks) await engine.connectNetwork(network, container);
    await this.#copy(container, signal, false);
    return container;
  }

  /** Files that were removed since stay: no engine removes one in a container that does not run. */
  async #copy(container: string, signal: AbortSignal, again: boolean): Promise<void> {
    for (const { target, live, archive } of this.#deps.copies) {
      if (live || !again) await this.#deps.engine.putArchive(container, target, archive(), signal);
    }
  }

  #tellExit(exit: ProcessExit): ProcessExit {
    if (exit.kind === 'signal' && exit.oom) this.#memory.raise(megabytesToBytes(this.#deps.version.memorySize));
    return exit;
  }

  /** Brings the container to where it should be by then: freezing and thawing in quick succession is nothing. */
  #follow(): void {
    this.#tell(async (container) => {
      if (this.#paused === this.#frozen) return;
      this.#paused = this.#frozen;
      if (this.#paused) await this.#deps.engine.pause(container);
      else await this.#deps.engine.unpause(container);
    });
  }

  /** A container that cannot be told has ended or is about to, which `exited` tells. */
  #tell(command: (container: string) => Promise<void>): void {
    this.#inTurn(async () => {
      if (this.#container !== undefined) await command(this.#container);
    }).catch(() => undefined);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#commands.catch(() => undefined).then(task);
    this.#commands = turn;
    return turn;
  }
}

const addressesOf = ({ NetworkSettings }: ContainerDetails): ReadonlySet<string> =>
  new Set(Object.values(NetworkSettings.Networks ?? {}).flatMap(({ IPAddress }) => IPAddress || []));

function ignoreNotFound(error: unknown): void {
  if (!isNotFound(error)) throw error;
}
