/** What an executor finds on the machine and makes there for itself: isolation, control groups, pipes, a folder. */
import { basename } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { ControlGroups } from './control-group/control-group.ts';
import { findControlGroups } from './control-group/find-control-groups.ts';
import type { HostPlatform } from './host-platform.ts';
import { createInstanceFolder, leftovers } from './instance-folder.ts';
import type { Isolation } from './isolation.ts';
import { OutputPipes } from './output-pipes.ts';
import { PlainProcess } from './plain-process.ts';
import { sendSignal, startedWith } from './process-tree.ts';
import { removeFolder } from './remove-folder.ts';
import { findSandbox } from './sandbox/find-sandbox.ts';

export interface SiteDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: HostPlatform;
  /** Below which each executor makes a folder for its environments. */
  readonly workDirectory: string;
  /** `auto` takes the sandbox where there is one; `required` refuses to go without; `off` does without. */
  readonly sandbox: 'auto' | 'required' | 'off';
  /** `off` leaves control groups alone also where they could be used; memory is then watched. */
  readonly controlGroups: 'auto' | 'off';
}

export class Site implements AsyncDisposable {
  readonly folder: string;
  readonly isolation: Isolation;
  readonly groups: ControlGroups | undefined;
  readonly pipes: OutputPipes;
  readonly #abort: AbortController;
  readonly #cleaning: Promise<void>;

  private constructor(
    deps: SiteDeps,
    folder: string,
    isolation: Isolation,
    groups: ControlGroups | undefined,
    pipes: OutputPipes,
  ) {
    this.folder = folder;
    this.isolation = isolation;
    this.groups = groups;
    this.pipes = pipes;
    this.#abort = new AbortController();
    this.#cleaning = this.#removeLeftovers(deps.workDirectory).catch((error: unknown) => {
      deps.logger.warn('Could not remove what an earlier daemon left.', { error });
    });
  }

  /** @throws Error when a sandbox is required and cannot be had, with what to type. */
  static async create(deps: SiteDeps, signal: AbortSignal): Promise<Site> {
    const folder = await createInstanceFolder(deps.workDirectory, deps.platform.processId);
    const pipes = new OutputPipes(folder);
    try {
      const trial = `${basename(folder)}-trial`;
      const [isolation, groups] = await Promise.all([
        findIsolation(deps, folder, signal),
        deps.controlGroups === 'off' ? undefined : findControlGroups(trial, deps.clock, signal),
        pipes.refill(),
      ]);
      return new Site(deps, folder, isolation, groups, pipes);
    } catch (error) {
      await pipes.idle();
      await removeFolder(folder);
      throw error;
    }
  }

  /** Aborts when the site is disposed of. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Names what belongs to this site outside its folder. */
  get name(): string {
    return basename(this.folder);
  }

  /** Which isolation is in force, in one line. */
  get description(): string {
    return `${this.isolation.description}; ${describeLimits(this.groups)}`;
  }

  /** Refuses what begins from now on; what has begun is the caller's to end before it disposes of the site. */
  close(): void {
    this.#abort.abort(new Error('the host executor is disposed of'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await Promise.all([this.pipes.idle(), this.#cleaning]);
    await removeFolder(this.folder);
  }

  async #removeLeftovers(workDirectory: string): Promise<void> {
    await this.groups?.removeLeftovers();
    for (const folder of leftovers(workDirectory)) {
      // Processes without a sandbox outlive a killed daemon; their TMPDIR lies in its folder.
      for (const pid of startedWith(`${folder}/`)) sendSignal(pid, 'SIGKILL');
      await removeFolder(folder);
    }
  }
}

async function findIsolation(deps: SiteDeps, folder: string, signal: AbortSignal): Promise<Isolation> {
  if (deps.sandbox === 'off') return new PlainProcess('it is switched off');
  const answer = await findSandbox(deps.platform, folder, signal);
  if (answer.kind === 'available') return answer.sandbox;
  if (deps.sandbox === 'required') {
    throw new Error(`A sandbox is required and there is none: ${answer.reason}. ${answer.remedy}`);
  }
  deps.logger.warn(`Functions run without a sandbox: ${answer.reason}. ${answer.remedy}`);
  return new PlainProcess(answer.reason);
}

function describeLimits(groups: ControlGroups | undefined): string {
  if (groups === undefined) return 'memory is watched, the number of processes is not limited';
  const limited = groups.limitsProcesses ? 'memory and number of processes' : 'memory';
  return `${limited} limited by ${groups.description}`;
}
