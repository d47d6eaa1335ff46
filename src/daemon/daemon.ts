/** Composes the daemon: the one place that knows every room. */
import process from 'node:process';
import { AccessKeys } from '../aws/sigv4/access-keys.ts';
import { type EnvironmentsSource, environmentsEndpoint } from '../console/environments-endpoint.ts';
import { faultsEndpoint } from '../console/faults-endpoint.ts';
import { logsEndpoint } from '../console/logs-endpoint.ts';
import { statusEndpoint } from '../console/status-endpoint.ts';
import { tracesEndpoint } from '../console/traces-endpoint.ts';
import type { Endpoint } from '../gateway/endpoint.ts';
import { healthEndpoint } from '../gateway/health.ts';
import { type ListenAddress, listen } from '../gateway/listener.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Random, systemRandom } from '../kernel/random.ts';
import type { FunctionStore } from '../lambda/function/function-store.ts';
import { MemoryFunctionStore } from '../persistence/memory/function-store.ts';
import { LogBuffer } from '../persistence/memory/log-buffer.ts';
import { codeEndpoint } from './code-endpoint.ts';
import type { Config } from './config/config.ts';
import { openEdge } from './edge.ts';
import { openInvocations } from './invocations.ts';
import { listenForContainers } from './listen-for-containers.ts';
import { openPlanes, type Planes } from './planes.ts';
import type { Platform } from './platform.ts';
import { Reach } from './reach.ts';
import { openRunFolder } from './run-folder.ts';
import { runtimesEndpoint } from './runtimes-endpoint.ts';
import { shownLog } from './shown-log.ts';
import { version } from './version.ts';

export interface DaemonOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Disposing it ends every invocation, environment and listener, and removes what it had on disk. */
export interface Daemon extends AsyncDisposable {
  /** Where it listens, with the ports that the system chose. */
  readonly addresses: readonly ListenAddress[];
  /** One line: which isolation is in force. */
  readonly isolation: string;
}

/** @throws CannotListen, InvalidSetting, or an Error that says what to do */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { config, logger, clock = systemClock, random = systemRandom } = options;
  await using opened = new AsyncDisposableStack();
  const runFolder = opened.use(await openRunFolder(config.dataDirectory, process.pid, logger)).path;
  const reach = new Reach(config.publicHost);
  const accessKeys = new AccessKeys(config.credentials);
  const platform: Platform = { config, clock, random, logger, reach, accessKeys, runFolder };

  const functions = new MemoryFunctionStore();
  const logs = new LogBuffer();
  const shown = config.debug ? shownLog(logs, logger, config.truncateStdout) : logs;
  const planes = opened.use(await openPlanes(platform, functions, shown));
  const invocations = opened.use(openInvocations(platform, planes));
  const gateway = openEdge(platform, planes.control, invocations, endpointsOf(platform, planes, functions, logs));
  const listener = opened.use(await listen(config.listen, gateway.serve));
  reach.listens(listener.addresses);
  const inner = opened.use(await listenForContainers(listener.addresses, planes.data.executor, gateway.serve, logger));

  const owned = opened.move();
  return {
    addresses: listener.addresses,
    isolation: planes.data.executor.isolation,
    async [Symbol.asyncDispose]() {
      // Nothing new comes in; what runs is ended and answered; only then are its connections closed.
      listener.close();
      inner?.close();
      planes.data.faults[Symbol.dispose]();
      const events = invocations[Symbol.asyncDispose]();
      await planes.data.pool[Symbol.asyncDispose]();
      await events;
      await owned.disposeAsync();
    },
  };
}

function endpointsOf(
  { clock, reach }: Platform,
  { control, data }: Planes,
  functions: FunctionStore,
  logs: LogBuffer,
): readonly Endpoint[] {
  const started = clock.now();
  const environments: EnvironmentsSource = { clock, executor: data.executor.kind, pool: data.pool };
  return [
    healthEndpoint({ version, services: ['lambda'], clock, started }),
    runtimesEndpoint,
    codeEndpoint(control),
    logsEndpoint(logs, clock),
    tracesEndpoint(data.tracing.store),
    environmentsEndpoint(environments),
    faultsEndpoint(data.faults),
    statusEndpoint({
      version,
      started,
      clock,
      executor: data.executor.kind,
      isolation: data.executor.isolation,
      addresses: () => reach.addresses,
      functions: () => functions.count(),
      environments: () => data.pool.environments(),
    }),
  ];
}
