/**
 * `/_lambdad/environments`: `GET` lists execution environments, `DELETE …/<id>` removes one, `DELETE` all of a function
 * or of everything. What runs ends its invocation first, unless `force=1`.
 */
import type { Environment } from '../environment/environment.ts';
import type { EnvironmentPool } from '../environment/environment-pool.ts';
import { type EdgeResponse, type Endpoint, json } from '../gateway/endpoint.ts';
import type { Clock } from '../kernel/clock.ts';
import { environmentReport } from './environment-report.ts';

export interface EnvironmentsSource {
  readonly clock: Clock;
  readonly executor: string;
  readonly pool: Pick<EnvironmentPool, 'environments' | 'evict'>;
}

const path = '/_lambdad/environments';

/** Query: `function` and `qualifier` (a version), and for `DELETE` also `force`. */
export function environmentsEndpoint(source: EnvironmentsSource): Endpoint {
  return ({ method, path: asked, query }) => {
    if (asked !== path && !asked.startsWith(`${path}/`)) return undefined;
    const id = asked.slice(path.length + 1);
    if (method !== 'DELETE') return method === 'GET' && id === '' ? list(source, query) : undefined;
    const force = query.get('force') ?? '0';
    if (!['0', '1', ''].includes(force)) return badRequest(`force must be 1 or 0, not "${force}".`);
    const meant = id === '' ? meantBy(query, source) : environmentsOf(source).filter((one) => one.id.startsWith(id));
    if (id !== '' && meant.length === 0) return json({ message: `There is no environment ${id}.` }, 404);
    if (id !== '' && meant.length > 1) return badRequest(`${id} begins the ids of ${meant.length} environments.`);
    return evict(meant, force !== '0', source);
  };
}

function list(source: EnvironmentsSource, query: URLSearchParams): EdgeResponse {
  const now = source.clock.now();
  const environments = meantBy(query, source).map((environment) => environmentReport(environment, now));
  return json({ executor: source.executor, environments });
}

/** Both lists hold ids: those that are being removed, and those that end their invocation first. */
function evict(environments: readonly Environment[], force: boolean, { pool }: EnvironmentsSource): EdgeResponse {
  const [removed, ending]: [string[], string[]] = [[], []];
  for (const environment of environments) {
    const { id, state } = environment;
    pool.evict(environment, force);
    (force || state === 'ready' || state === 'frozen' || state === 'failed' ? removed : ending).push(id);
  }
  return json({ removed, ending });
}

function meantBy(query: URLSearchParams, source: EnvironmentsSource): readonly Environment[] {
  const [functionName, qualifier] = [query.get('function'), query.get('qualifier')];
  return environmentsOf(source).filter(
    ({ version }) =>
      (functionName === null || functionName === version.functionName || functionName === version.functionArn) &&
      (qualifier === null || qualifier === version.version),
  );
}

const environmentsOf = ({ pool }: EnvironmentsSource): readonly Environment[] => [...pool.environments()];

const badRequest = (message: string): EdgeResponse => json({ message }, 400);
