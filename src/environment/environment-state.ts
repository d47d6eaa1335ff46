/** The life of one execution environment. */
import type { TransitionTable } from '../kernel/state-machine.ts';

export type EnvironmentState =
  | 'starting' // its process is being launched
  | 'initialising' // the runtime loads the function's code
  | 'ready' // warm: nothing runs
  | 'busy' // an invocation runs
  | 'frozen' // ready, and its processes are stopped until the next invocation
  | 'failed' // the init phase failed or the process ended while idle: the next invocation restarts it
  | 'restarting' // same file system, new process: after a time-out, a crash, a failed init or a change of the code
  | 'stopping' // its processes are being ended
  | 'stopped'; // nothing of it is left on the machine

export const environmentTransitions = {
  starting: ['initialising', 'failed', 'stopping'],
  initialising: ['ready', 'failed', 'restarting', 'stopping'],
  ready: ['busy', 'frozen', 'restarting', 'failed', 'stopping'],
  busy: ['ready', 'restarting', 'stopping'],
  frozen: ['ready', 'failed', 'stopping'],
  failed: ['restarting', 'stopping'],
  restarting: ['initialising', 'failed', 'stopping'],
  stopping: ['stopped'],
  stopped: [],
} as const satisfies TransitionTable<EnvironmentState>;
