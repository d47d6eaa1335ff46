/** Composes a watch over a folder of code for a command that tells its user of changes. */
import { FolderWatch } from '../devtools/hot-reload/folder-watch.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';

export const watchFolder = (
  folder: string,
  changed: () => void | Promise<void>,
  logger: Logger,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<AsyncDisposable> => FolderWatch.open(folder, { clock, logger, changed }, signal);
