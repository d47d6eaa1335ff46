/** `GET /_lambdad/logs`: what functions logged, for `lambdad logs`. */
import type { LogEvent } from '../environment/log-sink.ts';
import { type EdgeRequest, type Endpoint, json } from '../gateway/endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';

export interface LogReader {
  since(since: Milliseconds, functionName: string | undefined): readonly LogEvent[];
  watch(watcher: (event: LogEvent) => void): Disposable;
}

/** How long a reader that follows may wait in vain; it then asks again. */
const longestWait = milliseconds(20_000);

/**
 * Query: `function` (a name; all functions when absent), `since` (epoch milliseconds; only newer events are given),
 * `wait=1` (answer when there is something, or after 20 seconds).
 */
export function logsEndpoint(logs: LogReader, clock: Clock): Endpoint {
  return async (request) => {
    if (request.path !== '/_lambdad/logs' || request.method !== 'GET') return undefined;
    const functionName = request.query.get('function') ?? undefined;
    const since = milliseconds(Number(request.query.get('since') ?? 0) || 0);
    let events = logs.since(since, functionName);
    if (events.length === 0 && request.query.get('wait') === '1') {
      await somethingNew(logs, functionName, clock, request);
      events = logs.since(since, functionName);
    }
    return json({ events });
  };
}

async function somethingNew(
  logs: LogReader,
  functionName: string | undefined,
  clock: Clock,
  { signal }: EdgeRequest,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _timer = clock.timer(longestWait, resolve);
  using _watch = logs.watch((event) => {
    if (functionName === undefined || event.functionName === functionName) resolve();
  });
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}
