/** What a daemon in this process may leave on the machine: child processes, control groups, listening sockets. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { childProcesses } from './child-processes.ts';

/** Of this process and its children, each in words; empty where there is no `/proc`. */
export async function leftBehind(): Promise<readonly string[]> {
  const [processes, groups, sockets] = await Promise.all([
    childProcesses(),
    controlGroups(process.pid),
    listeningSockets(),
  ]);
  return [
    ...processes.map((command) => `process ${command}`),
    ...groups.map((name) => `control group ${name}`),
    ...sockets.map((address) => `socket ${address}`),
  ];
}

/** The control groups of a daemon with this process id, wherever they are. */
export async function controlGroups(processId: number): Promise<readonly string[]> {
  const search = async (folder: string, depth: number): Promise<readonly string[]> => {
    const names = await entries(folder);
    const found = await Promise.all(
      names.map(async (name) => {
        if (name.startsWith(`lambdad-${processId}-`)) return [join(folder, name)];
        // Control files have a dot in their names, groups seldom.
        return depth > 0 && !name.includes('.') ? await search(join(folder, name), depth - 1) : [];
      }),
    );
    return found.flat();
  };
  return search('/sys/fs/cgroup', 4);
}

/** Local addresses, in the kernel's hexadecimal form, on which this process listens. */
async function listeningSockets(): Promise<readonly string[]> {
  const own = await ownSockets();
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '')),
  );
  return tables
    .flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
    .flatMap(([, local, , state, , , , , , inode]) =>
      local !== undefined && state === listening && own.has(`socket:[${inode}]`) ? [local] : [],
    );
}

/** TCP_LISTEN of the kernel. */
const listening = '0A';

async function ownSockets(): Promise<ReadonlySet<string>> {
  const descriptors = await entries('/proc/self/fd');
  return new Set(await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))));
}

const entries = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
