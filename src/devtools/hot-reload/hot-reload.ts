/** Follows the code of functions that run from a folder of their author's. */
import type { FollowCode } from '../../environment/follow-code.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { isLiveFolder } from '../../lambda/code/live-folder.ts';
import { FolderWatch } from './folder-watch.ts';

export interface HotReloadDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export const hotReload =
  ({ clock, logger }: HotReloadDeps): FollowCode =>
  async ({ code, functionName }, changed, signal) => {
    if (code === undefined || !isLiveFolder(code)) return undefined;
    const told = (): void => {
      logger.info(`The code of ${functionName} has changed.`);
      changed();
    };
    return FolderWatch.open(code.folder, { clock, logger, changed: told }, signal);
  };
