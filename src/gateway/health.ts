/** `/_localstack/health` and `/_localstack/info`: where tools that wait for a LocalStack find a ready server. */
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import { type Endpoint, json } from './endpoint.ts';

export interface HealthFacts {
  readonly version: string;
  /** Of the services that answer on this port: those that wait for their first use are `available`. */
  readonly services: () => Readonly<Record<string, 'running' | 'available'>>;
  readonly clock: Clock;
  /** When the daemon became ready. */
  readonly started: Milliseconds;
}

export function healthEndpoint(facts: HealthFacts): Endpoint {
  return ({ method, path }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    switch (path) {
      case '/_localstack/health':
        return json({ services: facts.services(), edition: 'lambdad', version: facts.version });
      case '/_localstack/info':
        return json({
          version: facts.version,
          edition: 'lambdad',
          is_license_activated: false,
          system: process.platform,
          is_docker: false,
          server_time_utc: isoTimestamp(facts.clock.now()),
          uptime: Math.floor((facts.clock.now() - facts.started) / 1000),
        });
      default:
        return undefined;
    }
  };
}
