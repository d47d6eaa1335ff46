/** Runs functions as processes of this machine, in a sandbox where there is one. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { megabytesToBytes } from '../../kernel/quantity.ts';
import type { CodeReference } from '../../lambda/code/code-reference.ts';
import type { FunctionVersion, RuntimeId } from '../../lambda/function/function-version.ts';
import type { Executor, LaunchSpec, PreparedVersion, RunningProcess } from '../executor.ts';
import { InvalidEntrypoint } from '../invalid-entrypoint.ts';
import { HostEnvironment } from './host-environment.ts';
import { type HostPlatform, isExecutable } from './host-platform.ts';
import { launchCommand } from './launch-command.ts';
import { provisionRuntime, type RuntimeProvision, versionGap } from './provision/runtime-provision.ts';
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
  /** The unpacked code in a folder that nobody changes any more. */
  readonly codeDirectory: (code: CodeReference, signal: AbortSignal) => Promise<string>;
  /** Below which each executor makes a folder for its environments. */
  readonly workDirectory: string;
  /** Holds our bootstraps, in a folder per language. */
  readonly runtimesDirectory: string;
  readonly options: HostExecutorOptions;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (execution processes and threads) */
const processLimit = 1024;

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
  readonly version: FunctionVersion;
  readonly provision: RuntimeProvision;
  readonly code: string;

  constructor(version: FunctionVersion, provision: RuntimeProvision, code: string) {
    this.version = version;
    this.provision = provision;
    this.code = code;
  }

  /** The code belongs to the store, which shares it between versions. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

class HostExecutor implements Executor {
  readonly kind = 'host';
  readonly isolation: string;
  readonly #deps: HostExecutorDeps;
  readonly #site: Site;
  readonly #provisions = new Map<RuntimeId, Promise<RuntimeProvision>>();
  readonly #environments = new Set<RunningProcess>();
  #disposal: Promise<void> | undefined;

  constructor(deps: HostExecutorDeps, site: Site) {
    this.#deps = deps;
    this.#site = site;
    this.isolation = site.description;
  }

  async prepare(version: FunctionVersion, signal: AbortSignal): Promise<PreparedVersion> {
    const provision = await this.#provision(version.runtime);
    signal.throwIfAborted();
    this.#site.isolation.prepare();
    return new PreparedOnHost(version, provision, await this.#deps.codeDirectory(version.code, signal));
  }

  /** @throws InvalidEntrypoint when a custom runtime has no program to start. */
  async start(prepared: PreparedVersion, spec: LaunchSpec, signal: AbortSignal): Promise<RunningProcess> {
    if (!(prepared instanceof PreparedOnHost)) throw new TypeError('a version that another executor has prepared');
    signal.throwIfAborted();
    this.#site.signal.throwIfAborted();
    const { version, provision, code } = prepared;
    if (provision.kind === 'bootstrap' && !isExecutable(join(code, 'bootstrap'))) throw new InvalidEntrypoint();

    const { isolation, groups, pipes } = this.#site;
    const folder = join(this.#site.folder, spec.environmentId);
    const temporary = makeTemporary(folder);
    const runtime = provision.kind === 'bootstrap' ? undefined : join(this.#deps.runtimesDirectory, provision.family);
    const group = groups?.create(`${this.#site.name}-${spec.environmentId}`, {
      memory: megabytesToBytes(version.memorySize),
      processes: processLimit,
    });
    const deps = {
      clock: this.#deps.clock,
      version,
      spec,
      isolation,
      command: launchCommand(version, spec, provision, isolation, { code, runtime, temporary }),
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
    await this.#site[Symbol.asyncDispose]();
  }

  /** Looked for once per runtime, and again when it was not there: it may have been installed since. */
  #provision(runtime: RuntimeId): Promise<RuntimeProvision> {
    const known = this.#provisions.get(runtime);
    if (known !== undefined) return known;
    const found = this.#findProvision(runtime);
    this.#provisions.set(runtime, found);
    found.catch(() => this.#provisions.delete(runtime));
    return found;
  }

  async #findProvision(runtime: RuntimeId): Promise<RuntimeProvision> {
    const { platform, logger } = this.#deps;
    const provision = await provisionRuntime(runtime, platform, this.#site.signal);
    const gap = versionGap(provision);
    if (gap !== undefined)
      logger.warn(`The runtime ${runtime} runs on version ${gap}, which is what this machine has.`);
    return provision;
  }
}

/** As AWS has `/tmp`: everybody writes, nobody removes what is another's. */
function makeTemporary(folder: string): string {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  chmodSync(temporary, 0o1777);
  return temporary;
}
