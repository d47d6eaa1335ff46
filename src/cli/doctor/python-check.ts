/** Is there a Python for python* functions? */
import type { Check } from './check.ts';
import { installCommand } from './install-command.ts';
import { runToEnd } from './program-run.ts';

const name = 'Python';

export const pythonCheck: Check = async ({ platform }) => {
  const run = await runToEnd('python3', ['--version']);
  return [
    run.kind === 'succeeded'
      ? { name, status: 'ok', detail: `${run.output.replace(/^Python /, '')} runs python* functions` }
      : {
          name,
          status: 'warn',
          detail: 'python3 is not there or does not start; python* functions cannot run',
          fix: installCommand('python3', platform),
        },
  ];
};
