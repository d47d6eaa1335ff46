/** Can a function's MemorySize be enforced by the kernel here? */
import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.ts';

const name = 'memory limits';

export const memoryLimitCheck: Check = async ({ platform }) => {
  if (platform !== 'linux') return [{ name, status: 'warn', detail: 'not enforced on this system' }];
  const group = await writableGroup();
  return [
    group === undefined
      ? {
          name,
          status: 'warn',
          detail: 'no memory cgroup can be written to; memory is watched instead, so a quick burst may exceed it',
          fix: 'systemd-run --user --scope -p Delegate=yes lambdad start',
        }
      : { name, status: 'ok', detail: `enforced by the kernel (cgroup ${group})` },
  ];
};

/** Version of the cgroup interface whose memory controller this process may use. */
async function writableGroup(): Promise<'v1' | 'v2' | undefined> {
  const own = await readFile('/proc/self/cgroup', 'utf8').catch(() => '');
  for (const line of own.split('\n')) {
    const [id, controllers = '', path = '/'] = line.split(':');
    const unified = id === '0' && controllers === '';
    if (!unified && !controllers.split(',').includes('memory')) continue;
    const mount = unified ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory';
    // Inside a container the path may be that of the host while the mount shows only our own part.
    for (const directory of [join(mount, path), mount]) {
      if ((await isWritable(directory)) && (!unified || (await offersMemory(directory)))) return unified ? 'v2' : 'v1';
    }
  }
  return undefined;
}

async function isWritable(directory: string): Promise<boolean> {
  return access(directory, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function offersMemory(directory: string): Promise<boolean> {
  const controllers = await readFile(join(directory, 'cgroup.controllers'), 'utf8').catch(() => '');
  return controllers.split(/\s+/).includes('memory');
}
