/** Follows the code and the layers of functions that run from folders of their author's. */
import type { FollowCode } from '../../environment/follow-code.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { isLiveFolder } from '../../lambda/code/live-folder.ts';
import type { FunctionVersion, VersionCode } from '../../lambda/function/function-version.ts';
import { FolderWatch } from './folder-watch.ts';

export interface HotReloadDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told before environments are renewed that a folder among these layers has changed. */
  readonly layersChanged: (layers: readonly VersionCode[]) => Promise<void>;
}

export const hotReload =
  ({ clock, logger, layersChanged }: HotReloadDeps): FollowCode =>
  async (version, changed, signal) => {
    const folders = liveFoldersOf(version);
    if (folders.length === 0) return undefined;
    const { functionName, layers = [] } = version;
    const renewLayers = async (): Promise<void> => {
      if (!layers.some(isLiveFolder)) return;
      await layersChanged(layers).catch((error: unknown) =>
        logger.warn(`The layers of ${functionName} stay as they were.`, { error }),
      );
    };
    const told = async (): Promise<void> => {
      logger.info(`The code of ${functionName} has changed.`);
      await renewLayers();
      changed();
    };
    await using opened = new AsyncDisposableStack();
    for (const folder of folders) {
      opened.use(await FolderWatch.open(folder, { clock, logger, changed: told }, signal));
    }
    // What was written since the layers were laid over one another, and before they were watched.
    await renewLayers();
    return opened.move();
  };

/** Each once. */
const liveFoldersOf = ({ code, layers = [] }: FunctionVersion): readonly string[] => [
  ...new Set([code, ...layers].filter((part) => part !== undefined && isLiveFolder(part)).map(({ folder }) => folder)),
];
