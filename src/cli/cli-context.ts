/** What a command gets from the process it runs in, as values, so that tests run commands without one. */

import type { Environment } from '../daemon/config/setting.ts';
import type { Clock } from '../kernel/clock.ts';
import type { StartDaemon } from './start-daemon.ts';

export interface Output {
  write(text: string | Uint8Array): unknown;
  /** A person watches: colours are welcome unless `NO_COLOR` says otherwise. */
  readonly isTTY?: boolean;
  /** `write` has answered false: tells when more may be written. */
  once?(event: 'drain', listener: () => void): unknown;
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

export interface CliContext {
  readonly environment: Environment;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  /** Standard input is the end of a pipe or a file: somebody has put something there. */
  readonly inputIsPiped: () => boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  readonly signals: SignalSource;
  /** Ends the process without any clean-up. */
  readonly exitAtOnce: (code: number) => void;
  readonly startDaemon: StartDaemon;
}

/** The process ends with one of these. */
export const ExitCode = {
  ok: 0,
  failure: 1,
  /** The command line or a setting is wrong. */
  usage: 2,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
