/** Where this process's own control groups are in the file system, from what /proc says of groups and mounts. */
import { join, relative } from 'node:path';

export interface ControlGroupLayout {
  /** Version 1 hierarchies. */
  readonly memory: string | undefined;
  readonly pids: string | undefined;
  /** Version 2: our own group, and the mount point above which there is nothing to look for. */
  readonly unified: { readonly own: string; readonly mount: string } | undefined;
}

interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/**
 * @param membership the text of `/proc/self/cgroup`
 * @param mountInfo the text of `/proc/self/mountinfo`
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html and proc_pid_mountinfo(5)
 */
export function controlGroupLayout(membership: string, mountInfo: string): ControlGroupLayout {
  const mounts = mountInfo.split('\n').flatMap(parseMount);
  const own = (controller: string): string | undefined => {
    for (const line of membership.split('\n')) {
      const [, controllers, ...path] = line.split(':');
      if (controllers?.split(',').includes(controller)) return path.join(':');
    }
    return undefined;
  };
  const hierarchy = (controller: string): string | undefined => {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    return mount && below(mount, own(controller));
  };
  const unifiedMount = mounts.find(({ type }) => type === 'cgroup2');
  const unified = unifiedMount && below(unifiedMount, own(''));
  return {
    memory: hierarchy('memory'),
    pids: hierarchy('pids'),
    unified: unifiedMount && unified !== undefined ? { own: unified, mount: unifiedMount.point } : undefined,
  };
}

function parseMount(line: string): readonly Mount[] {
  const [front, back] = line.split(' - ');
  const [, , , root, point] = front?.split(' ') ?? [];
  const [type, , options] = back?.split(' ') ?? [];
  if (root === undefined || point === undefined || type === undefined) return [];
  return [{ root: unescape(root), point: unescape(point), type, options: options?.split(',') ?? [] }];
}

/** Spaces and the like are written as three octal digits. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The folder of group `path` under a mount that may show only a part of the hierarchy. */
function below(mount: Mount, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const inside = relative(mount.root, path);
  return inside.startsWith('..') ? undefined : join(mount.point, inside);
}
