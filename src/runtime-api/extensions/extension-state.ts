/** The life of one extension as the Extensions API sees it. */
import type { TransitionTable } from '../../kernel/state-machine.ts';

export type ExtensionState =
  | 'started' // an external extension's process runs; it has not registered
  | 'registered' // it initialises; it has asked for nothing yet
  | 'ready' // it has asked for the next event
  | 'running' // an event was handed over, it has not asked again
  | 'init-error' // it has said that it cannot initialise; the end of its process follows
  | 'exit-error' // it has said that it gives up; the end of its process follows
  | 'shutdown'; // it was told of the end, or is gone: it is heard no more

export const extensionTransitions = {
  started: ['registered', 'shutdown'],
  registered: ['ready', 'init-error', 'exit-error', 'shutdown'],
  ready: ['running', 'exit-error', 'shutdown'],
  running: ['ready', 'exit-error', 'shutdown'],
  'init-error': ['shutdown'],
  'exit-error': ['shutdown'],
  shutdown: [],
} as const satisfies TransitionTable<ExtensionState>;
