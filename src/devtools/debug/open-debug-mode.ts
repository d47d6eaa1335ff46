/** Opens debug mode by the daemon's settings, and follows its file. */
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { DebugMode, type DebugModeDeps } from './debug-mode.ts';
import type { NamedDebugSettings } from './debug-settings.ts';
import { PortBook } from './port-book.ts';

export interface OpenDebugModeDeps extends Pick<DebugModeDeps, 'clock' | 'logger' | 'executor' | 'host'> {
  /** Holds what is remembered from run to run. */
  readonly dataDirectory: string;
  /** Names the functions, with settings; every function is debugged where absent. */
  readonly file: string | undefined;
  /** For functions of which the file does not say it. */
  readonly wait: boolean;
}

export interface OpenDebugMode extends AsyncDisposable {
  readonly mode: DebugMode;
}

/** How often the file is looked at, in milliseconds: nobody waits for it in a hurry. */
const interval = 500;

/** @throws InvalidDebugFile, or an Error that names the file when it cannot be read */
export async function openDebugMode(deps: OpenDebugModeDeps): Promise<OpenDebugMode> {
  const { file, wait, dataDirectory, logger } = deps;
  const functions = file === undefined ? undefined : await read(file, wait);
  const ports = new PortBook(join(dataDirectory, 'debug-ports.json'), logger);
  const mode = new DebugMode({ ...deps, ports, functions, everyFunction: { wait, enforceTimeouts: false } });
  let changes = Promise.resolve();
  const changed = async (path: string): Promise<void> => {
    try {
      await mode.change(await read(path, wait));
      logger.info(`${path} has changed: its settings are in force for processes that start from now on.`);
    } catch (error) {
      logger.error(`${error instanceof Error ? error.message : String(error)}; the settings of before stay in force.`);
    }
  };
  const look = (): void => {
    if (file !== undefined) changes = changes.then(() => changed(file));
  };
  if (file !== undefined) watchFile(file, { interval, persistent: false }, look);
  return {
    mode,
    async [Symbol.asyncDispose]() {
      if (file !== undefined) unwatchFile(file, look);
      await changes;
    },
  };
}

async function read(file: string, wait: boolean): Promise<readonly NamedDebugSettings[]> {
  const { parseDebugFile } = await import('./debug-file.ts');
  return parseDebugFile(textOf(file), file, wait);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`LAMBDA_DEBUG_MODE_CONFIG_PATH: ${file} cannot be read (${code}).`, { cause: error });
  }
}
