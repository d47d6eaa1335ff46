/** Composes what runs functions: executor, Runtime API, environments, admission. */
import type { DebuggerStatus } from '../devtools/debug/function-debugger.ts';
import { hotReload } from '../devtools/hot-reload/hot-reload.ts';
import { FaultBook } from '../devtools/injected-faults/fault-book.ts';
import { EnvironmentPool } from '../environment/environment-pool.ts';
import type { LogSink } from '../environment/log-sink.ts';
import { snapshotFailure } from '../environment/snapshot-failure.ts';
import { type Executor, PreparationFailed } from '../executors/executor.ts';
import { Admission, type SharesSource } from '../invocation/admission.ts';
import { milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { VersionLifecycle } from '../lambda/function/version-lifecycle.ts';
import type { ProvisionedEnvironments } from '../lambda/provisioned-concurrency/provisioned-environments.ts';
import { RuntimeApiLog } from '../runtime-api/runtime-api-log.ts';
import { RuntimeApiServer } from '../runtime-api/runtime-api-server.ts';
import { runtimeApiLevelIn } from './config/runtime-api-level-in.ts';
import { openDebugging } from './open-debugging.ts';
import { type CodeDirectories, openExecutor } from './open-executor.ts';
import type { Platform } from './platform.ts';
import { openTracing, type Tracing } from './tracing.ts';

export interface DataPlane extends AsyncDisposable {
  readonly executor: Executor;
  readonly pool: EnvironmentPool;
  readonly admission: Admission;
  readonly tracing: Tracing;
  readonly faults: FaultBook;
  readonly preparation: VersionLifecycle;
  readonly environments: ProvisionedEnvironments;
  /** Where debuggers attach; absent when debug mode is off. */
  readonly debuggers: (() => readonly DebuggerStatus[]) | undefined;
}

/** AWS's limit of the init phase. Source: Lambda developer guide, "Lambda execution environment lifecycle". */
const initLimit = milliseconds(10_000);

/**
 * Long enough that back-to-back invocations never meet a frozen process, short enough to be "at once" to a person. To
 * let a container go on takes its engine some milliseconds.
 */
const freezeAfter = { host: milliseconds(20), docker: milliseconds(1000), kubernetes: undefined };

/** Each start keeps about one core busy; a few more than cores fill the time that they wait for the disk. */
const concurrentStarts = 8;

export async function openDataPlane(
  platform: Platform,
  logSink: LogSink,
  directories: CodeDirectories,
  shares: SharesSource,
): Promise<DataPlane> {
  const { config, clock, random, logger, reach, accessKeys } = platform;
  await using opened = new AsyncDisposableStack();
  const tracing = opened.use(await openTracing(platform));
  const faults = opened.use(new FaultBook({ clock, random }));
  const executor = opened.use(await openExecutor(platform, directories));
  const debugMode = await openDebugging(platform, executor);
  if (debugMode !== undefined) opened.use(debugMode);
  const startLimit = secondsToMilliseconds(config.runtimeEnvironmentTimeout);
  const pool = opened.use(
    new EnvironmentPool({
      clock,
      random,
      executor,
      runtimeApi: new RuntimeApiServer({
        maxPayload: config.limits.payloadSize,
        log: runtimeApiLog(platform, executor),
      }),
      logger,
      logSink,
      keepAlive: config.keepAlive,
      initLimit: startLimit < initLimit ? startLimit : initLimit,
      freezeAfter: config.freeze ? freezeAfter[executor.kind] : undefined,
      concurrentStarts,
      initDelay: (version) => faults.initDelay(version),
      follow: hotReload({ clock, logger, layersChanged: directories.layersChanged }),
      ...(debugMode && { debugging: debugMode.mode }),
      credentialsIssued: ({ role, functionName }, { accessKeyId, secretAccessKey, sessionToken }) => {
        const owner = { kind: 'role', roleArn: role, sessionName: functionName } as const;
        accessKeys.issue(accessKeyId, { secret: secretAccessKey, sessionToken, owner });
      },
      endpoint: config.disableEndpointUrl ? () => undefined : () => reach.urlFor(executor.runtimeApiHost.advertise),
      xrayDaemon: () => tracing.daemon.address,
    }),
  );
  const owned = opened.move();
  return {
    executor,
    pool,
    admission: new Admission(config.limits, shares),
    tracing,
    faults,
    // Where functions find the daemon is known once a version has been prepared.
    preparation: preparationBy(pool, () => tracing.daemon.open(executor.runtimeApiHost)),
    environments: provisionedBy(pool),
    debuggers: debugMode && (() => debugMode.mode.status),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** As LAMBDA_DOCKER_FLAGS asks for it, where functions run in containers. */
function runtimeApiLog({ config, logger }: Platform, executor: Executor): RuntimeApiLog | undefined {
  const level = executor.kind === 'docker' && runtimeApiLevelIn(config.docker.flags);
  return level ? new RuntimeApiLog(logger, level) : undefined;
}

/** The control plane's view of the pool. */
function preparationBy(pool: EnvironmentPool, prepared: () => Promise<void>): VersionLifecycle {
  return {
    async prepare(version, signal, progress) {
      try {
        const { imageDigest } = await pool.prepare(version, signal, progress);
        await prepared();
        if (version.snapStart === true) {
          const boot = await pool.initialise(version, signal);
          if (boot.kind !== 'ready') return { kind: 'failed', ...snapshotFailure(boot) };
        }
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
