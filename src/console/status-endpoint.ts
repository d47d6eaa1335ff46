/** `GET /_lambdad/status`: the daemon at a glance, for `lambdad status`. */
import type { Environment } from '../environment/environment.ts';
import { type Endpoint, json } from '../gateway/endpoint.ts';
import type { ListenAddress } from '../gateway/listener.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import { environmentReport } from './environment-report.ts';

export interface StatusSource {
  readonly version: string;
  readonly started: Milliseconds;
  readonly clock: Clock;
  readonly executor: string;
  readonly isolation: string;
  readonly addresses: () => readonly ListenAddress[];
  readonly functions: () => number;
  readonly environments: () => Iterable<Environment>;
}

export function statusEndpoint(source: StatusSource): Endpoint {
  return ({ method, path }) => {
    if (path !== '/_lambdad/status' || method !== 'GET') return undefined;
    const now = source.clock.now();
    return json({
      version: source.version,
      uptimeSeconds: Math.floor((now - source.started) / 1000),
      executor: source.executor,
      isolation: source.isolation,
      memoryBytes: process.memoryUsage.rss(),
      addresses: source.addresses(),
      functions: source.functions(),
      environments: Array.from(source.environments(), (environment) => environmentReport(environment, now)),
    });
  };
}
