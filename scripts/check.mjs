/** `npm run check`: the static checks alone. */
import { checks, runCheck } from './checks.mjs';

for (const check of checks) {
  const { name, passed, text } = runCheck(check);
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}\n${passed ? '' : `${text}\n`}`);
  if (!passed) process.exitCode = 1;
}
