/** Composes what runs functions: executor, Runtime API, environments, admission. */
import { join } from 'node:path';
import process from 'node:process';
import { EnvironmentPool } from '../environment/environment-pool.ts';
import type { LogSink } from '../environment/log-sink.ts';
import { type Executor, PreparationFailed } from '../executors/executor.ts';
import { createHostExecutor } from '../executors/host/host-executor.ts';
import { Admission, type SharesSource } from '../invocation/admission.ts';
import { milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { CodeReference } from '../lambda/code/code-reference.ts';
import type { VersionLifecycle } from '../lambda/function/version-lifecycle.ts';
import type { ProvisionedEnvironments } from '../lambda/provisioned-concurrency/provisioned-environments.ts';
import { RuntimeApiServer } from '../runtime-api/runtime-api-server.ts';
import type { Platform } from './platform.ts';
import { runtimesDirectory } from './runtimes-directory.ts';

/** Where the code and the layers of a version are unpacked. */
export interface CodeDirectories {
  readonly codeDirectory: (code: CodeReference, signal: AbortSignal) => Promise<string>;
  /** @param layers at least one; later ones cover earlier ones. */
  readonly layersDirectory: (layers: readonly CodeReference[], signal: AbortSignal) => Promise<string>;
}

export interface DataPlane extends AsyncDisposable {
  readonly executor: Executor;
  readonly pool: EnvironmentPool;
  readonly admission: Admission;
  readonly preparation: VersionLifecycle;
  readonly environments: ProvisionedEnvironments;
}

/** AWS's limit of the init phase. Source: Lambda developer guide, "Lambda execution environment lifecycle". */
const initLimit = milliseconds(10_000);

/** Long enough that back-to-back invocations never meet a frozen process, short enough to be "at once" to a person. */
const freezeAfter = milliseconds(20);

/** Each start keeps about one core busy; a few more than cores fill the time that they wait for the disk. */
const concurrentStarts = 8;

export async function openDataPlane(
  platform: Platform,
  logSink: LogSink,
  directories: CodeDirectories,
  shares: SharesSource,
): Promise<DataPlane> {
  const { config, clock, random, logger, reach } = platform;
  await using opened = new AsyncDisposableStack();
  const executor = opened.use(await hostExecutor(platform, directories));
  const startLimit = secondsToMilliseconds(config.runtimeEnvironmentTimeout);
  const pool = opened.use(
    new EnvironmentPool({
      clock,
      random,
      executor,
      runtimeApi: new RuntimeApiServer({ maxPayload: config.limits.payloadSize }),
      logger,
      logSink,
      keepAlive: config.keepAlive,
      initLimit: startLimit < initLimit ? startLimit : initLimit,
      freezeAfter: config.freeze ? freezeAfter : undefined,
      concurrentStarts,
      endpoint: config.disableEndpointUrl ? () => undefined : reach.loopbackUrl,
    }),
  );
  const owned = opened.move();
  return {
    executor,
    pool,
    admission: new Admission(config.limits, shares),
    preparation: preparationBy(pool),
    environments: provisionedBy(pool),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function hostExecutor({ config, clock, logger, runFolder }: Platform, directories: CodeDirectories): Promise<Executor> {
  const deps = {
    clock,
    logger,
    ...directories,
    workDirectory: runFolder,
    runtimesDirectory: runtimesDirectory(),
    fetching: { directory: join(config.dataDirectory, 'cache', 'runtimes'), allowed: config.fetchRuntimes },
    platform: {
      os: process.platform,
      architecture: process.arch,
      nodeBinary: process.execPath,
      nodeVersion: process.versions.node,
      searchPath: process.env['PATH'] ?? '',
      home: process.env['HOME'],
      processId: process.pid,
      userId: process.getuid?.() ?? 0,
    },
    options: { sandbox: config.sandbox, freeze: config.freeze },
  };
  return createHostExecutor(deps, new AbortController().signal);
}

/** The control plane's view of the pool. */
function preparationBy(pool: EnvironmentPool): VersionLifecycle {
  return {
    async prepare(version, signal) {
      try {
        const { imageDigest } = await pool.prepare(version, signal);
        return { kind: 'prepared', imageDigest };
      } catch (error) {
        if (error instanceof PreparationFailed) return { kind: 'failed', code: error.code, reason: error.message };
        throw error;
      }
    },
    retire: (version) => pool.retire(version),
  };
}

/** The same for environments that are to be there before invocations come. */
function provisionedBy(pool: EnvironmentPool): ProvisionedEnvironments {
  return {
    async provision(version, count) {
      try {
        return await pool.provision(version, count);
      } catch (error) {
        if (error instanceof PreparationFailed) return { kind: 'failed' };
        throw error;
      }
    },
  };
}
