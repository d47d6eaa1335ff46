/**
 * `/_lambdad/traces`: what was recorded for X-Ray. `GET` lists traces, `GET …/<trace id>` gives one with its segments,
 * `DELETE` forgets all.
 */
import { type EdgeResponse, type Endpoint, json } from '../gateway/endpoint.ts';

/** Each is as `tracing/trace-store.ts` says. */
export interface TraceReader {
  list(filter: {
    readonly functionName: string | undefined;
    readonly requestId: string | undefined;
    readonly limit: number;
  }): readonly object[];
  find(id: string): object | undefined;
  clear(): void;
}

const path = '/_lambdad/traces';
const usualLimit = 100;

/** Query of the list: `function`, `requestId`, `limit` (100). */
export function tracesEndpoint(traces: TraceReader): Endpoint {
  return (request) => {
    if (request.path !== path && !request.path.startsWith(`${path}/`)) return undefined;
    const id = request.path.slice(path.length + 1);
    if (request.method === 'GET') return id === '' ? list(traces, request.query) : one(traces, id);
    if (request.method !== 'DELETE' || id !== '') return undefined;
    traces.clear();
    return { status: 204 };
  };
}

function list(traces: TraceReader, query: URLSearchParams): EdgeResponse {
  const limit = query.get('limit') ?? String(usualLimit);
  if (!/^[1-9]\d{0,5}$/.test(limit)) return json({ message: `limit must be a positive number, not "${limit}".` }, 400);
  const functionName = query.get('function') ?? undefined;
  const requestId = query.get('requestId') ?? undefined;
  return json({ traces: traces.list({ functionName, requestId, limit: Number(limit) }) });
}

const one = (traces: TraceReader, id: string): EdgeResponse => {
  const trace = traces.find(id);
  return trace === undefined
    ? json({ message: `There is no trace ${id}: the latest ones are kept.` }, 404)
    : json(trace);
};
