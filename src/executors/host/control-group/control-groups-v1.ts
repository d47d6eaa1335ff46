/** Control groups, version 1: one folder in the memory hierarchy, one in the hierarchy of process numbers. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../kernel/clock.ts';
import { leftovers } from '../instance-folder.ts';
import type { ControlGroup, ControlGroupLimits, ControlGroups } from './control-group.ts';
import { killMembers, readControl, removeGroup, writeControl } from './group-folder.ts';

/** The daemon's own groups, below which those of the environments are made; `undefined` where that cannot be. */
export interface GroupParentsV1 {
  readonly memory: string | undefined;
  readonly pids: string | undefined;
}

class ControlGroupV1 implements ControlGroup {
  readonly joinFiles: readonly string[];
  readonly #memory: string | undefined;
  readonly #pids: string | undefined;
  readonly #processes: string;
  readonly #clock: Clock;

  constructor(folders: GroupParentsV1, limits: ControlGroupLimits, clock: Clock) {
    this.#memory = folders.memory;
    this.#pids = folders.pids;
    this.#processes = String(limits.processes);
    this.#clock = clock;
    // `tasks` moves one thread, which needs no lock over all processes of the machine; `cgroup.procs` waits for one.
    this.joinFiles = this.#folders().map((folder) => join(folder, 'tasks'));
    if (this.#memory !== undefined) {
      const limit = String(limits.memory);
      writeControl(this.#memory, 'memory.limit_in_bytes', limit);
      // Memory and swap together; the file is there only when the kernel counts swap.
      writeControl(this.#memory, 'memory.memsw.limit_in_bytes', limit);
    }
    if (this.#pids !== undefined) writeControl(this.#pids, 'pids.max', this.#processes);
  }

  oomKills(): number {
    if (this.#memory === undefined) return 0;
    return Number(/^oom_kill (\d+)/m.exec(readControl(this.#memory, 'memory.oom_control'))?.[1] ?? 0);
  }

  /** Left to signals: processes in a frozen group of version 1 would outlive a killed daemon, as they cannot die. */
  setFrozen(): boolean {
    return false;
  }

  kill(): void {
    if (this.#pids !== undefined) writeControl(this.#pids, 'pids.max', '0');
    for (const folder of this.#folders()) killMembers(folder);
    if (this.#pids !== undefined) writeControl(this.#pids, 'pids.max', this.#processes);
  }

  async remove(): Promise<void> {
    for (const folder of this.#folders()) await removeGroup(folder, this.#clock);
  }

  #folders(): readonly string[] {
    return [this.#memory, this.#pids].filter((folder) => folder !== undefined);
  }
}

export class ControlGroupsV1 implements ControlGroups {
  readonly description = 'cgroup v1';
  readonly #parents: GroupParentsV1;
  readonly #clock: Clock;

  constructor(parents: GroupParentsV1, clock: Clock) {
    this.#parents = parents;
    this.#clock = clock;
  }

  get limitsMemory(): boolean {
    return this.#parents.memory !== undefined;
  }

  get limitsProcesses(): boolean {
    return this.#parents.pids !== undefined;
  }

  create(name: string, limits: ControlGroupLimits): ControlGroup {
    const { memory, pids } = this.#parents;
    const folders = {
      memory: memory === undefined ? undefined : join(memory, name),
      pids: pids === undefined ? undefined : join(pids, name),
    };
    if (folders.memory !== undefined) mkdirSync(folders.memory);
    try {
      if (folders.pids !== undefined) mkdirSync(folders.pids);
    } catch (error) {
      if (folders.memory !== undefined) rmdirSync(folders.memory);
      throw error;
    }
    return new ControlGroupV1(folders, limits, this.#clock);
  }

  async removeLeftovers(): Promise<void> {
    for (const parent of [this.#parents.memory, this.#parents.pids]) {
      if (parent === undefined) continue;
      for (const folder of leftovers(parent)) {
        killMembers(folder);
        await removeGroup(folder, this.#clock);
      }
    }
  }
}
