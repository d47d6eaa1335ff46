/** Folders of this machine that functions are run from: their paths with the daemon's own variables in them. */
import { statSync } from 'node:fs';
import process from 'node:process';
import { expandVariables } from '../devtools/hot-reload/expand-variables.ts';
import type { LiveFolders } from '../lambda/code/live-folder.ts';

export const liveFolders = (bucket: string): LiveFolders => ({
  bucket,
  expand: (key) => expandVariables(key, process.env),
  exists(path) {
    try {
      return statSync(path).isDirectory();
    } catch {
      return false;
    }
  },
});
