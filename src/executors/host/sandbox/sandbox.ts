/** Bubblewrap: AWS's file system built from read-only parts of this machine, and namespaces of its own. */
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { invariant } from '../../../kernel/invariant.ts';
import type { EnvironmentFolders, Isolation, LaunchCommand } from '../isolation.ts';
import type { FunctionView } from '../process-variables.ts';
import type { RuntimeProvision } from '../provision/runtime-provision.ts';
import type { SandboxEtc } from './sandbox-etc.ts';
import { sandboxUser } from './sandbox-user.ts';

const interpreters = '/var/lang/bin';

/** Namespaces: the network stays this machine's, so that functions reach what runs here. */
const namespaces = [
  ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
  ['--uid', sandboxUser.uid, '--gid', sandboxUser.gid],
  ['--die-with-parent'],
].flat();

export class Sandbox implements Isolation {
  readonly description = 'bubblewrap sandbox';
  readonly nested = true;
  readonly #bubblewrap: string;
  readonly #etc: SandboxEtc;
  readonly #system: readonly string[];
  readonly #kernelFiles: readonly string[];

  /**
   * @param bubblewrap path of the `bwrap` program
   * @param asRoot whether the daemon's user is the superuser
   */
  constructor(bubblewrap: string, etc: SandboxEtc, asRoot: boolean) {
    this.#bubblewrap = bubblewrap;
    this.#etc = etc;
    this.#system = systemFolders();
    this.#kernelFiles = asRoot ? kernelFiles() : [];
  }

  prepare(): void {
    this.#etc.complete();
  }

  view(): FunctionView {
    return {
      task: '/var/task',
      runtime: '/var/runtime',
      interpreters,
      libraries: ['/var/lang/lib', '/lib64', '/usr/lib64', '/var/runtime', '/var/runtime/lib'],
      layers: '/opt',
      temporary: undefined,
    };
  }

  /**
   * All settings go through a descriptor: the variables, which hold secrets, do not appear in the list of processes,
   * and neither bubblewrap nor the shell before it runs under variables that the function's author chose (LD_PRELOAD).
   */
  launch(
    provision: RuntimeProvision,
    folders: EnvironmentFolders,
    variables: Readonly<Record<string, string>>,
    program: readonly string[],
    launcher: readonly string[] = [],
  ): LaunchCommand {
    this.#etc.refresh();
    const settings = [
      namespaces,
      this.#system,
      ['--ro-bind', this.#etc.folder, '/etc'],
      ['--proc', '/proc', ...this.#kernelFiles],
      ['--dev', '/dev'],
      ['--bind', folders.temporary, '/tmp'],
      // A folder of the author's own may have vanished: the runtime then says that the module is missing.
      folders.layers && existsSync(folders.layers) ? ['--ro-bind', folders.layers, '/opt'] : ['--dir', '/opt'],
      existsSync(folders.code) ? ['--ro-bind', folders.code, '/var/task'] : ['--dir', '/var/task'],
      folders.runtime === undefined ? ['--dir', '/var/runtime'] : ['--ro-bind', folders.runtime, '/var/runtime'],
      interpreterFiles(provision),
      ['--remount-ro', '/', '--chdir', '/var/task', '--clearenv'],
      Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ].flat();
    // A value with a NUL in it would go on as a setting of the sandbox.
    invariant(!settings.some((part) => part.includes('\0')), 'no setting of a sandbox holds a NUL character');
    return {
      file: this.#bubblewrap,
      arguments: ['--args', '3', '--', ...launcher, ...program],
      variables: {},
      directory: '/',
      descriptor3: Buffer.from(`${settings.join('\0')}\0`),
    };
  }
}

/** `/usr`, and what beside it holds programs: links into `/usr` on today's systems, folders on others. */
function systemFolders(): readonly string[] {
  const settings = ['--ro-bind', '/usr', '/usr'];
  for (const folder of ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix/store', '/gnu/store']) {
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) settings.push('--symlink', readlinkSync(folder), folder);
    else if (stat?.isDirectory()) settings.push('--ro-bind', folder, folder);
  }
  return settings;
}

/**
 * The kernel lets the superuser's processes write these without any capability, and they reach out of the sandbox
 * (`/proc/sys/kernel/core_pattern` names a program to run as root). Bubblewrap itself covers `bus` and `irq`.
 */
function kernelFiles(): readonly string[] {
  return ['sys', 'sysrq-trigger', 'fs', 'acpi', 'asound', 'dynamic_debug', 'latency_stats', 'mtrr', 'scsi']
    .map((name) => `/proc/${name}`)
    .filter((file) => existsSync(file))
    .flatMap((file) => ['--ro-bind', file, file]);
}

function interpreterFiles(provision: RuntimeProvision): readonly string[] {
  if (provision.kind === 'bootstrap') return [];
  const { binary, prefix, names } = provision.interpreter;
  // Without a folder of its own the binary is shown in place; with one it is linked to, so that it finds its library.
  if (prefix === undefined) return ['--ro-bind', binary, `${interpreters}/${names[0]}`];
  return [
    ...(isInside(prefix, '/usr') ? [] : ['--ro-bind', prefix, prefix]),
    ...(isInside(binary, prefix) || isInside(binary, '/usr') ? [] : ['--ro-bind', binary, binary]),
    ...names.flatMap((name) => ['--symlink', binary, `${interpreters}/${name}`]),
  ];
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}
