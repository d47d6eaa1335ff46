/** Finds out which control groups we may make here, by making one and joining it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../../kernel/clock.ts';
import { megabytes, megabytesToBytes } from '../../../kernel/quantity.ts';
import type { ControlGroups } from './control-group.ts';
import { type ControlGroupLayout, controlGroupLayout } from './control-group-layout.ts';
import { ControlGroupsV1 } from './control-groups-v1.ts';
import { ControlGroupsV2 } from './control-groups-v2.ts';

const run = promisify(execFile);
const trialLimits = { memory: megabytesToBytes(megabytes(128)), processes: 16 };

/**
 * The best control groups that this process may use below or beside its own; `undefined` when there are none.
 * @param name of the group that is made for the trial
 */
export async function findControlGroups(
  name: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<ControlGroups | undefined> {
  for (const groups of candidates(readLayout(), clock)) {
    if (await isUsable(groups, name, signal)) return groups;
  }
  return undefined;
}

function readLayout(): ControlGroupLayout {
  try {
    return controlGroupLayout(readFileSync('/proc/self/cgroup', 'utf8'), readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return { memory: undefined, pids: undefined, unified: undefined };
  }
}

function* candidates({ memory, pids, unified }: ControlGroupLayout, clock: Clock): Generator<ControlGroups> {
  if (memory !== undefined) {
    yield new ControlGroupsV1({ memory, pids }, clock);
    yield new ControlGroupsV1({ memory, pids: undefined }, clock);
  }
  if (unified === undefined) return;
  // A group with processes of its own has no controllers to give away, except the root: so beside us, not below.
  const parents = unified.own === unified.mount ? [unified.own] : [dirname(unified.own), unified.own];
  for (const parent of parents) {
    const groups = new ControlGroupsV2(parent, clock);
    if (groups.limitsMemory) yield groups;
  }
}

async function isUsable(groups: ControlGroups, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    const group = groups.create(name, trialLimits);
    try {
      await run('/bin/sh', ['-c', 'for file; do echo 0 >"$file" || exit 1; done', 'sh', ...group.joinFiles], {
        signal,
      });
      return true;
    } finally {
      await group.remove();
    }
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
