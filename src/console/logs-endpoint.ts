/** `GET /_lambdad/logs`: what functions logged, for `lambdad logs`. */
import type { LogEvent } from '../environment/log-sink.ts';
import { type EdgeRequest, type Endpoint, json } from '../gateway/endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';

export interface LogPage {
  /** Oldest first. */
  readonly events: readonly LogEvent[];
  /** Where to go on: newer events than these are the ones since here. */
  readonly next: Milliseconds;
}

export interface LogReader {
  /** Events of one function, or of all, that came after a point in time or after an earlier page. */
  since(since: Milliseconds, functionName: string | undefined): LogPage;
  watch(watcher: (event: LogEvent) => void): Disposable;
}

/** How long a reader that follows may wait in vain; it then asks again. */
const longestWait = milliseconds(20_000);

/**
 * Query: `function` (a name; all functions when absent), `since` (epoch milliseconds, or `next` of an earlier answer;
 * only newer events are given), `wait=1` (answer when there is something, or after 20 seconds).
 */
export function logsEndpoint(logs: LogReader, clock: Clock): Endpoint {
  return async (request) => {
    if (request.path !== '/_lambdad/logs' || request.method !== 'GET') return undefined;
    const functionName = request.query.get('function') ?? undefined;
    const since = milliseconds(Number(request.query.get('since') ?? 0) || 0);
    let page = logs.since(since, functionName);
    if (page.events.length === 0 && request.query.get('wait') === '1') {
      await somethingNew(logs, functionName, clock, request);
      page = logs.since(since, functionName);
    }
    return json(page);
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
