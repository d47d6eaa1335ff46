/** The program's entry: hands the command line and the process to the commands. */
import { fstatSync } from 'node:fs';
import process from 'node:process';
import type { CliContext } from './cli/cli-context.ts';
import { runProgram } from './cli/program.ts';
import { systemClock } from './kernel/clock.ts';

const context: CliContext = {
  environment: process.env,
  get stdin() {
    // Opening it keeps the process alive on some kinds of input, so only who reads it touches it.
    return process.stdin;
  },
  inputIsPiped() {
    try {
      const input = fstatSync(0);
      return input.isFIFO() || input.isFile();
    } catch {
      return false; // it is closed
    }
  },
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  signals: process,
  exitAtOnce: (code) => process.exit(code),
  startDaemon: async (options) => {
    const { startDaemon } = await import('./daemon/daemon.ts');
    return startDaemon(options);
  },
};

for (const output of [process.stdout, process.stderr]) {
  // Whoever read our output (head, less) may leave early; that is no fault of ours.
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), context);
