/** What a function's runtime needs and this machine lacks, fetched once and kept for all daemons. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../../kernel/logger.ts';
import { findProgram, type HostPlatform } from '../host-platform.ts';
import { CouldNotFetch } from './could-not-fetch.ts';
import { askForNode } from './find-node.ts';
import type { Interpreter } from './interpreter.ts';
import { checkJavaClient, javaClientName, javaClientProject, unpackNativeLibrary } from './java-client.ts';
import { KeptFolders } from './kept-folders.ts';
import { runFetcher } from './run-fetcher.ts';

export interface FetchedRuntimesDeps {
  readonly platform: HostPlatform;
  readonly logger: Logger;
  /** Where they are kept; need not exist yet. */
  readonly directory: string;
  /** Whether anything may be fetched that is not there yet. */
  readonly allowed: boolean;
}

/** Maven's plugin that copies what a project depends on. */
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

export class FetchedRuntimes {
  readonly #deps: FetchedRuntimesDeps;
  readonly #folders: KeptFolders;

  constructor(deps: FetchedRuntimesDeps) {
    this.#deps = deps;
    this.#folders = new KeptFolders(deps.directory, deps.platform.processId);
  }

  /**
   * The newest Node.js of a major version, as the npm registry has it for this kind of machine.
   * @param major `22`
   * @throws CouldNotFetch
   */
  async nodejs(major: string, signal: AbortSignal): Promise<Interpreter> {
    const { platform } = this.#deps;
    const name = `node-${platform.os}-${platform.architecture}`;
    const folder = await this.#fetched(`${name}-${major}`, `Node.js ${major} (about 100 MB)`, (part) =>
      this.#installNode(`${name}@${major}`, name, part, signal),
    );
    const found = await askForNode(join(folder, 'bin/node'), platform, signal);
    if (found === undefined) throw new CouldNotFetch('what was fetched does not run on this machine');
    return found;
  }

  /**
   * The folder of AWS's runtime interface client for Java: its archives in `lib`, its native library.
   * @throws CouldNotFetch
   */
  javaClient(signal: AbortSignal): Promise<string> {
    const { platform } = this.#deps;
    const name = `${javaClientName}-${platform.architecture}`;
    return this.#fetched(name, "AWS's runtime interface client for Java", async (part) => {
      const maven = findProgram(platform, 'mvn');
      if (maven === undefined) throw new CouldNotFetch('it needs Maven (mvn) on the PATH of the daemon');
      const [project, lib] = [join(part, 'pom.xml'), join(part, 'lib')];
      await writeFile(project, javaClientProject);
      const args = [
        '-B',
        '-q',
        '-f',
        project,
        copyDependencies,
        `-DoutputDirectory=${lib}`,
        '-DexcludeTransitive=true',
      ];
      await runFetcher(maven, args, part, signal);
      checkJavaClient(lib);
      await unpackNativeLibrary(part, platform.architecture);
    });
  }

  async #installNode(wanted: string, name: string, part: string, signal: AbortSignal): Promise<void> {
    const npm = findProgram(this.#deps.platform, 'npm');
    if (npm === undefined) throw new CouldNotFetch('it needs npm on the PATH of the daemon');
    const quiet = ['--no-audit', '--no-fund', '--no-save', '--no-package-lock', '--loglevel=error'];
    const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=2000'];
    await runFetcher(
      npm,
      ['install', wanted, '--prefix', part, '--ignore-scripts', ...quiet, ...patience],
      part,
      signal,
    );
    // Headers and manuals would take half as much again.
    const installed = join(part, 'node_modules', name);
    await mkdir(join(part, 'bin'));
    await rename(join(installed, 'bin/node'), join(part, 'bin/node'));
    await rename(join(installed, 'LICENSE'), join(part, 'LICENSE'));
    await rm(join(part, 'node_modules'), { recursive: true });
  }

  async #fetched(name: string, what: string, fill: (part: string) => Promise<void>): Promise<string> {
    const { logger, allowed } = this.#deps;
    return await this.#folders.make(name, async (part) => {
      if (!allowed) throw new CouldNotFetch('fetching is switched off (LAMBDAD_FETCH_RUNTIMES=0)');
      logger.info(`Fetching ${what}, once.`);
      await fill(part);
      logger.info(`Fetched ${what}.`);
    });
  }
}
