/** Composes the daemon: the one place that knows every room. */
import process from 'node:process';
import { serviceNames } from '../aws/service-names.ts';
import { AccessKeys } from '../aws/sigv4/access-keys.ts';
import { MetricStore } from '../companions/cloudwatch/metric-store.ts';
import type { FunctionTarget } from '../companions/function-target.ts';
import { LogStore } from '../companions/logs/log-store.ts';
import { debugEndpoint } from '../console/debug-endpoint.ts';
import { type EnvironmentsSource, environmentsEndpoint } from '../console/environments-endpoint.ts';
import { faultsEndpoint } from '../console/faults-endpoint.ts';
import { logsEndpoint } from '../console/logs-endpoint.ts';
import { metricsEndpoint } from '../console/metrics-endpoint.ts';
import { statusEndpoint } from '../console/status-endpoint.ts';
import { tracesEndpoint } from '../console/traces-endpoint.ts';
import type { Endpoint } from '../gateway/endpoint.ts';
import { healthEndpoint } from '../gateway/health.ts';
import { type ListenAddress, listen } from '../gateway/listener.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Random, systemRandom } from '../kernel/random.ts';
import type { FunctionStore } from '../lambda/function/function-store.ts';
import { LambdaMetrics } from '../metrics/lambda-metrics.ts';
import { MemoryFunctionStore } from '../persistence/memory/function-store.ts';
import { LogBuffer } from '../persistence/memory/log-buffer.ts';
import { openCertificates } from './certificates.ts';
import { codeEndpoint } from './code-endpoint.ts';
import { BucketCode } from './companions/bucket-code.ts';
import { FunctionDeliveries } from './companions/function-deliveries.ts';
import { type Companions, openCompanions } from './companions/open-companions.ts';
import type { Config } from './config/config.ts';
import { openEdge } from './edge.ts';
import { functionLogs } from './function-logs.ts';
import { type Invocations, openInvocations } from './invocations.ts';
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
  const tls = { certificates: await openCertificates(config, { clock, random }), logger };
  const runFolder = opened.use(await openRunFolder(config.dataDirectory, process.pid, logger)).path;
  const reach = new Reach(config.publicHost);
  const accessKeys = new AccessKeys(config.credentials);
  const platform: Platform = { config, clock, random, logger, reach, accessKeys, runFolder };

  const functions = new MemoryFunctionStore();
  const logs = new LogBuffer();
  const logStore = new LogStore(clock);
  const metricStore = new MetricStore();
  const written = functionLogs(logs, logStore);
  const shown = config.debug ? shownLog(written, logger, config.truncateStdout) : written;
  // Whoever keeps buckets may also tell functions of them, and so comes later.
  const codeObjects = new BucketCode(() => companions.clients);
  const planes = opened.use(await openPlanes(platform, functions, shown, codeObjects));
  const invocations = opened.use(openInvocations(platform, planes, new LambdaMetrics({ store: metricStore, clock })));
  const companions = opened.use(
    openCompanions(platform, functionTarget(platform, planes, invocations), { logStore, metricStore }),
  );
  const gateway = openEdge(platform, planes.control, invocations, companions, [
    metricsEndpoint(metricStore),
    ...endpointsOf(platform, planes, companions, functions, logs),
  ]);
  const listener = opened.use(await listen(config.listen, gateway.serve, tls));
  reach.listens(listener.addresses);
  const inner = opened.use(await listenForContainers(listener.addresses, planes.data.executor, gateway.serve, tls));
  if (planes.data.executor.kind === 'docker') {
    // Loaded only where it is needed.
    const { openNameServer } = await import('./open-name-server.ts');
    opened.use(await openNameServer(platform, planes.data.executor));
  }

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

function functionTarget({ config, random }: Platform, { control }: Planes, { events }: Invocations): FunctionTarget {
  const { catalogue, policies } = control;
  return new FunctionDeliveries({ catalogue, events, policies, enforced: config.enforceIam, random });
}

function servicesOf({ directory }: Companions): Record<string, 'running' | 'available'> {
  const embedded = serviceNames.filter((name) => directory.has(name));
  const states = embedded.map((name) => [name, directory.isOpen(name) ? 'running' : 'available'] as const);
  return { lambda: 'running', ...Object.fromEntries(states) };
}

function endpointsOf(
  { clock, reach }: Platform,
  { control, data }: Planes,
  companions: Companions,
  functions: FunctionStore,
  logs: LogBuffer,
): readonly Endpoint[] {
  const started = clock.now();
  const environments: EnvironmentsSource = { clock, executor: data.executor.kind, pool: data.pool };
  return [
    healthEndpoint({ version, services: () => servicesOf(companions), clock, started }),
    runtimesEndpoint,
    codeEndpoint(control),
    logsEndpoint(logs, clock),
    debugEndpoint(data.debuggers),
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
