/** The port to cgroups: one group per environment holds its limits, and all of its processes wherever they hide. */
import type { Bytes } from '../../../kernel/quantity.ts';

export interface ControlGroupLimits {
  readonly memory: Bytes;
  readonly processes: number;
}

export interface ControlGroup {
  /** A process joins by writing `0` to each of these, which costs it nothing as long as it has one thread. */
  readonly joinFiles: readonly string[];
  /** How many processes of the group the kernel has killed because the memory limit was reached. */
  oomKills(): number;
  /** Stops or continues all processes; `false` when this kind of group leaves that to signals. */
  setFrozen(frozen: boolean): boolean;
  /** SIGKILL to every process of the group, also to those that fork meanwhile. */
  kill(): void;
  /** Ends what is left and removes the group; idempotent. */
  remove(): Promise<void>;
}

export interface ControlGroups {
  /** For the isolation line: `cgroup v1`, `cgroup v2`. */
  readonly description: string;
  readonly limitsMemory: boolean;
  readonly limitsProcesses: boolean;
  /** @throws Error of the file system when the group cannot be made. */
  create(name: string, limits: ControlGroupLimits): ControlGroup;
  /** Ends and removes the groups of daemons that live no more. */
  removeLeftovers(): Promise<void>;
}
