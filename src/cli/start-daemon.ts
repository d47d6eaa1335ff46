/** What the commands need of the daemon, which `main.ts` hands in: a command is tested without one. */
import type { Config } from '../daemon/config/config.ts';
import type { ListenAddress } from '../daemon/config/listen-address.ts';
import type { Logger } from '../kernel/logger.ts';

/** As much of the daemon as this command needs to know. */
export interface RunningDaemon extends AsyncDisposable {
  /** Where it listens, with the ports that the system chose. */
  readonly addresses: readonly ListenAddress[];
  /** One line: which isolation is in force. */
  readonly isolation: string;
}

export type StartDaemon = (options: { config: Config; logger: Logger }) => Promise<RunningDaemon>;
