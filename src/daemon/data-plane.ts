/** Composes what runs functions: executor, Runtime API, environments, admission. */
import process from 'node:process';
import { EnvironmentPool } from '../environment/environment-pool.ts';
import type { LogSink } from '../environment/log-sink.ts';
import { type Executor, PreparationFailed } from '../executors/executor.ts';
import { createHostExecutor } from '../executors/host/host-executor.ts';
import { Admission } from '../invocation/admission.ts';
import { milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { CodeReference } from '../lambda/code/code-reference.ts';
import type { VersionLifecycle } from '../lambda/function/version-lifecycle.ts';
import { RuntimeApiServer } from '../runtime-api/runtime-api-server.ts';
import type { Platform } from './platform.ts';
import { runtimesDirectory } from './runtimes-directory.ts';

/** The unpacked code of a version. */
export type CodeDirectory = (code: CodeReference, signal: AbortSignal) => Promise<string>;

export interface DataPlane extends AsyncDisposable {
  readonly executor: Executor;
  readonly pool: EnvironmentPool;
  readonly admission: Admission;
  readonly preparation: VersionLifecycle;
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
  codeDirectory: CodeDirectory,
): Promise<DataPlane> {
  const { config, clock, random, logger, reach } = platform;
  await using opened = new AsyncDisposableStack();
  const executor = opened.use(await hostExecutor(platform, codeDirectory));
  const startLimit = secondsToMilliseconds(config.runtimeEnvironmentTimeout);
  const pool = opened.use(
    new EnvironmentPool({
      clock,
      random,
      executor,
      runtimeApi: new RuntimeApiServer({ host: '127.0.0.1', maxPayload: config.limits.payloadSize }),
      logger,
      logSink,
      keepAlive: config.keepAlive,
      initLimit: startLimit < initLimit ? startLimit : initLimit,
      freezeAfter: config.freeze ? freezeAfter : undefined,
      concurrentStarts,
      endpoint: reach.loopbackUrl,
    }),
  );
  const owned = opened.move();
  return {
    executor,
    pool,
    admission: new Admission(config.limits),
    preparation: preparationBy(pool),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function hostExecutor({ config, clock, logger, runFolder }: Platform, codeDirectory: CodeDirectory): Promise<Executor> {
  const deps = {
    clock,
    logger,
    codeDirectory,
    workDirectory: runFolder,
    runtimesDirectory: runtimesDirectory(),
    platform: {
      os: process.platform,
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
        await pool.prepare(version, signal);
        return { kind: 'prepared' };
      } catch (error) {
        if (error instanceof PreparationFailed) return { kind: 'failed', code: error.code, reason: error.message };
        throw error;
      }
    },
    retire: (version) => pool.retire(version),
  };
}
