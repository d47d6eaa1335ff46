import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../kernel/clock.ts';
import { bytes } from '../../../kernel/quantity.ts';
import { controlGroupLayout } from './control-group-layout.ts';
import { ControlGroupsV2 } from './control-groups-v2.ts';
import { readControl } from './group-folder.ts';

/** A group that is ours to work in; `undefined` where the system gives us none. */
function ownGroup(): string | undefined {
  try {
    const read = (file: string): string => readFileSync(`/proc/self/${file}`, 'utf8');
    const { unified } = controlGroupLayout(read('cgroup'), read('mountinfo'));
    return unified && mkdtempSync(join(unified.own, 'lambdad-test-'));
  } catch {
    return undefined;
  }
}

test('a group of version 2 takes in, freezes, thaws and ends its processes', async (t) => {
  const parent = ownGroup();
  if (parent === undefined) return t.skip('no control group of version 2 can be made here');
  try {
    const group = new ControlGroupsV2(parent, systemClock).create('environment', { memory: bytes(1e9), processes: 10 });
    const child = spawn('/bin/sh', ['-c', 'echo 0 >"$1" && echo in && sleep 1000', 'sh', ...group.joinFiles]);
    await once(child.stdout, 'data');
    assert.match(readControl(join(parent, 'environment'), 'cgroup.procs'), new RegExp(`^${child.pid}$`, 'm'));
    assert.equal(group.setFrozen(true), true);
    assert.equal(group.setFrozen(false), true);
    assert.equal(group.oomKills(), 0);
    group.setFrozen(true);
    group.kill();
    const [code, by] = await once(child, 'exit');
    assert.deepEqual([code, by], [null, 'SIGKILL']);
    await group.remove();
    await group.remove();
    assert.equal(existsSync(join(parent, 'environment')), false);
  } finally {
    rmdirSync(parent);
  }
});
