/** What every room of the daemon is built with. */
import type { AccessKeys } from '../aws/sigv4/access-keys.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { Config } from './config/config.ts';
import type { Reach } from './reach.ts';

export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly reach: Reach;
  /** Who can sign requests. */
  readonly accessKeys: AccessKeys;
  /** The folder of this run, on disk. */
  readonly runFolder: string;
}
