/** Runs a program to its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface ProgramRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
}

/** @throws Error when there is no such program */
export async function runProgram(
  command: readonly [string, ...string[]],
  { env = {}, cwd, input }: ProgramOptions = {},
): Promise<ProgramRun> {
  const [program, ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) });
  child.stdin.on('error', () => undefined); // who does not read its input may leave it
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
