/** Finds out whether bubblewrap can make the sandbox here, by making one. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, type HostPlatform } from '../host-platform.ts';
import { Sandbox } from './sandbox.ts';
import { SandboxEtc } from './sandbox-etc.ts';

export type SandboxAnswer =
  | { readonly kind: 'available'; readonly sandbox: Sandbox }
  /** `reason` fits in parentheses, `remedy` is a sentence that says what to type. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string };

/** @param folder the executor's own, in which the sandboxes' `/etc` is put together. */
export async function findSandbox(platform: HostPlatform, folder: string, signal: AbortSignal): Promise<SandboxAnswer> {
  if (platform.os !== 'linux') {
    return { kind: 'unavailable', reason: 'bubblewrap is for Linux', remedy: 'Run the daemon on Linux.' };
  }
  const bubblewrap = findProgram(platform, 'bwrap');
  if (bubblewrap === undefined) {
    return {
      kind: 'unavailable',
      reason: 'bubblewrap is not installed',
      remedy: 'Install it: sudo apt-get install bubblewrap (Debian, Ubuntu) or sudo dnf install bubblewrap (Fedora).',
    };
  }
  const sandbox = new Sandbox(bubblewrap, new SandboxEtc(join(folder, 'etc')), platform.userId === 0);
  const failure = await tryOut(sandbox, folder, signal);
  return failure === undefined
    ? { kind: 'available', sandbox }
    : {
        kind: 'unavailable',
        reason: `bubblewrap cannot make one: ${failure}`,
        remedy:
          'Allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000, ' +
          'on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0.',
      };
}

/** What bubblewrap says when it fails; `undefined` when it does not. */
async function tryOut(sandbox: Sandbox, folder: string, signal: AbortSignal): Promise<string | undefined> {
  const temporary = join(folder, 'trial');
  await mkdir(temporary, { recursive: true });
  const folders = { code: temporary, layers: undefined, runtime: undefined, temporary };
  const command = sandbox.launch({ kind: 'bootstrap', family: 'provided' }, folders, {}, ['/bin/true']);
  return new Promise((resolve) => {
    // The shell gives bubblewrap its settings on descriptor 3, which `execFile` cannot.
    const child = execFile(
      '/bin/sh',
      ['-c', 'exec 3<&0 </dev/null; exec "$@"', 'sh', command.file, ...command.arguments],
      { env: {}, cwd: '/', signal },
      (error, _, stderr) => resolve(error === null ? undefined : (stderr.trim().split('\n').at(-1) ?? error.message)),
    );
    child.stdin?.on('error', () => {}); // It failed before it read: its exit tells.
    child.stdin?.end(command.descriptor3);
  });
}
