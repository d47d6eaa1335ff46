/** For tests: a command's surroundings that record what it writes and let the test send signals. */
import { EventEmitter } from 'node:events';
import type { Environment } from '../daemon/config/setting.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import type { CliContext } from './cli-context.ts';

export interface RecordedContext extends CliContext {
  readonly clock: VirtualClock;
  readonly signals: EventEmitter;
  readonly exits: readonly number[];
  readonly written: { readonly stdout: string; readonly stderr: string };
}

export function recordedContext(environment: Environment = {}, changed: Partial<CliContext> = {}): RecordedContext {
  const written = { stdout: '', stderr: '' };
  const exits: number[] = [];
  return {
    environment,
    stdin: (async function* () {})(),
    inputIsPiped: () => false,
    stdout: { write: (text) => (written.stdout += String(text)) },
    stderr: { write: (text) => (written.stderr += String(text)) },
    exitAtOnce: (code) => void exits.push(code),
    startDaemon: () => Promise.reject(new Error('this test starts no daemon')),
    ...changed,
    clock: new VirtualClock(),
    signals: new EventEmitter(),
    exits,
    written,
  };
}
