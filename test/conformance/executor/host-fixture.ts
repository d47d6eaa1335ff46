/** A host executor in a folder of its own, and all that it may leave on the machine. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHostExecutor, type HostExecutorOptions } from '../../../src/executors/host/host-executor.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { type Logger, silentLogger } from '../../../src/kernel/logger.ts';
import { ExecutorFixture } from './executor-fixture.ts';
import { hostPlatform } from './host-platform.ts';

export interface HostFixtureWishes extends Partial<HostExecutorOptions> {
  readonly searchPath?: string;
  readonly logger?: Logger;
  /** Used and kept in place of a temporary folder. */
  readonly folder?: string;
}

export async function hostFixture(wishes: HostFixtureWishes = {}): Promise<ExecutorFixture> {
  const { searchPath = hostPlatform.searchPath, logger = silentLogger } = wishes;
  const { sandbox = 'auto', freeze = true, controlGroups = 'auto' } = wishes;
  const folder = wishes.folder ?? mkdtempSync(join(tmpdir(), 'lambdad-conformance-'));
  const workDirectory = join(folder, 'work');
  const dispose = async (): Promise<void> => {
    if (wishes.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const executor = await createHostExecutor(
      {
        clock: systemClock,
        logger,
        // A home has interpreters of version managers.
        platform: { ...hostPlatform, searchPath, home: searchPath === '' ? undefined : hostPlatform.home },
        codeDirectory: async (code) => ('folder' in code ? code.folder : code.sha256),
        layersDirectory: async ([layer]) => (layer !== undefined && 'sha256' in layer ? layer.sha256 : ''),
        workDirectory,
        runtimesDirectory: join(folder, 'runtimes'),
        fetching: { directory: join(folder, 'cache'), allowed: false },
        options: { sandbox, freeze, controlGroups },
      },
      new AbortController().signal,
    );
    return new ExecutorFixture({
      executor,
      traits: {
        sandboxed: executor.isolation.startsWith('bubblewrap'),
        limitsProcesses: executor.isolation.includes('number of processes limited'),
        ordersOutput: true,
        hidesHome: true,
        root: /^bin dev etc lib (lib32 )?lib64 opt proc sbin tmp usr var $/,
      },
      folder,
      remains: () => [...entriesBelow(workDirectory), ...controlGroupsOf(process.pid)],
      dispose,
    });
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The control groups of a daemon's executors, wherever they are. */
export function controlGroupsOf(processId: number): readonly string[] {
  const search = (folder: string, depth: number): readonly string[] =>
    entries(folder).flatMap((name) => {
      if (name.startsWith(`lambdad-${processId}-`)) return [name];
      return depth > 0 && !name.includes('.') ? search(join(folder, name), depth - 1) : [];
    });
  return search('/sys/fs/cgroup', 4);
}

function entriesBelow(folder: string): readonly string[] {
  return entries(folder).flatMap((name) => [name, ...entries(join(folder, name))]);
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
