/** The life of one runtime process as its Runtime API sees it. */
import type { TransitionTable } from '../kernel/state-machine.ts';

export type RuntimeSessionState =
  | 'booting' // the process starts and loads the handler; it has asked for nothing yet
  | 'restoring' // it has initialised and asked to be restored from its snapshot; it runs its hooks then
  | 'idle' // GET /next waits
  | 'running' // an event was handed over, its answer is awaited
  | 'responding' // the answer arrived, the next GET /next has not
  | 'exited'; // nothing will be asked or answered any more

export const runtimeSessionTransitions = {
  booting: ['restoring', 'idle', 'exited'],
  restoring: ['idle', 'exited'],
  idle: ['running', 'exited'],
  running: ['responding', 'exited'],
  responding: ['idle', 'exited'],
  exited: [],
} as const satisfies TransitionTable<RuntimeSessionState>;
