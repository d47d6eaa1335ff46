/** The end of a process in AWS's words: `exit status 1`, `signal: killed`. */
import type { ProcessExit } from './executor.ts';

/** Signals as AWS names them. */
const signalNames: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGALRM: 'alarm clock',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

export function exitReason(exit: ProcessExit): string {
  if (exit.kind === 'signal') return `signal: ${signalNames[exit.signal] ?? exit.signal.toLowerCase()}`;
  return exit.code === 0 ? 'exit code 0' : `exit status ${exit.code}`;
}
