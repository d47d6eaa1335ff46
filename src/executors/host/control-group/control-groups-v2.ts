/** Control groups, version 2: one folder with all controllers, which can also freeze and kill the group as a whole. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../kernel/clock.ts';
import { leftovers } from '../instance-folder.ts';
import type { ControlGroup, ControlGroupLimits, ControlGroups } from './control-group.ts';
import { killMembers, readControl, removeGroup, writeControl } from './group-folder.ts';

class ControlGroupV2 implements ControlGroup {
  readonly joinFiles: readonly string[];
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, limits: ControlGroupLimits, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    this.joinFiles = [join(folder, 'cgroup.procs')];
    writeControl(folder, 'memory.max', String(limits.memory));
    writeControl(folder, 'memory.swap.max', '0');
    writeControl(folder, 'pids.max', String(limits.processes));
  }

  oomKills(): number {
    return Number(/^oom_kill (\d+)/m.exec(readControl(this.#folder, 'memory.events'))?.[1] ?? 0);
  }

  setFrozen(frozen: boolean): boolean {
    return writeControl(this.#folder, 'cgroup.freeze', frozen ? '1' : '0');
  }

  kill(): void {
    // The file exists since Linux 5.14.
    if (!writeControl(this.#folder, 'cgroup.kill', '1')) killMembers(this.#folder);
  }

  remove(): Promise<void> {
    return removeGroup(this.#folder, this.#clock);
  }
}

export class ControlGroupsV2 implements ControlGroups {
  readonly description = 'cgroup v2';
  readonly limitsMemory: boolean;
  readonly limitsProcesses: boolean;
  readonly #parent: string;
  readonly #clock: Clock;

  /** @param parent a group whose children get the controllers and may be made by us. */
  constructor(parent: string, clock: Clock) {
    this.#parent = parent;
    this.#clock = clock;
    const controllers = readControl(parent, 'cgroup.subtree_control').split(/\s+/);
    this.limitsMemory = controllers.includes('memory');
    this.limitsProcesses = controllers.includes('pids');
  }

  create(name: string, limits: ControlGroupLimits): ControlGroup {
    const folder = join(this.#parent, name);
    mkdirSync(folder);
    return new ControlGroupV2(folder, limits, this.#clock);
  }

  async removeLeftovers(): Promise<void> {
    for (const folder of leftovers(this.#parent)) {
      killMembers(folder);
      writeControl(folder, 'cgroup.freeze', '0');
      await removeGroup(folder, this.#clock);
    }
  }
}
