/** `npm start`: installs what is missing and runs the daemon from source; arguments go to `lambdad start`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installNpmPackages, pinnedNode, root, toolEnvironment } from './npm-packages.mjs';
import { ensureSystemPrograms } from './system-programs.mjs';

try {
  installNpmPackages();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// The daemon runs without them too, with less: plain processes, no Python functions.
ensureSystemPrograms(['bwrap', 'python3']);

const daemon = spawn(pinnedNode(), [join(root, 'src', 'main.ts'), 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: toolEnvironment(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => daemon.kill(signal));
daemon.on('error', (error) => {
  process.stderr.write(`the daemon cannot be started: ${error.message}\n`);
  process.exitCode = 1;
});
daemon.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
