/** Can functions be shut in with bubblewrap here? Found out by doing it. */
import type { Check, Finding } from './check.ts';
import { installCommand } from './install-command.ts';
import { runToEnd } from './program-run.ts';

const name = 'sandbox';

export const sandboxCheck: Check = async ({ config, platform }) => {
  if (config.sandbox === 'off') {
    return [{ name, status: 'warn', detail: 'LAMBDAD_SANDBOX=off: functions run as plain processes with your rights' }];
  }
  // Not having what was asked for is a fault only when it was demanded.
  const status = config.sandbox === 'required' ? 'fail' : 'warn';
  if (platform !== 'linux') {
    return [{ name, status, detail: 'bubblewrap exists on Linux only; here functions run as plain processes' }];
  }
  return [await tryBubblewrap(status, platform)];
};

async function tryBubblewrap(otherwise: 'warn' | 'fail', platform: NodeJS.Platform): Promise<Finding> {
  const args = ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--ro-bind', '/', '/', '--proc', '/proc', 'true'];
  const run = await runToEnd('bwrap', args);
  switch (run.kind) {
    case 'succeeded':
      return { name, status: 'ok', detail: 'bubblewrap is installed and user namespaces work' };
    case 'missing':
      return {
        name,
        status: otherwise,
        detail: 'bubblewrap is not installed',
        fix: installCommand('bubblewrap', platform),
      };
    case 'failed': {
      const detail = `bubblewrap cannot make a user namespace (${run.output.split('\n', 1)[0]})`;
      return { name, status: otherwise, detail, fix: await namespaceFix() };
    }
  }
}

/** Distributions forbid user namespaces in different ways, each with a switch of its own. */
async function namespaceFix(): Promise<string> {
  for (const [setting, wanted] of [
    ['kernel.apparmor_restrict_unprivileged_userns', '0'],
    ['kernel.unprivileged_userns_clone', '1'],
  ] as const) {
    const current = await runToEnd('sysctl', ['-n', setting]);
    if (current.kind === 'succeeded' && current.output !== wanted) return `sudo sysctl -w ${setting}=${wanted}`;
  }
  return 'in a container: start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined';
}
