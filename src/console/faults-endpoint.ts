/**
 * `/_lambdad/faults`: `GET` lists the faults that are still to strike, `POST` adds one, `DELETE …/<id>` removes one,
 * `DELETE` those of a function or all.
 */
import { type EdgeRequest, type EdgeResponse, type Endpoint, json } from '../gateway/endpoint.ts';
import type { FaultWish } from '../invocation/fault-wish.ts';
import { InvalidFault, readFault } from './read-fault.ts';

/** One that is kept. */
export interface KeptFault extends Omit<FaultWish, 'count'> {
  readonly id: string;
  readonly remaining: number;
}

export interface FaultKeeper {
  readonly faults: readonly KeptFault[];
  add(wish: FaultWish): KeptFault;
  /** @returns how many there were */
  remove(isMeant: (fault: KeptFault) => boolean): number;
}

const path = '/_lambdad/faults';

export function faultsEndpoint(keeper: FaultKeeper): Endpoint {
  return async (request) => {
    if (request.path !== path && !request.path.startsWith(`${path}/`)) return undefined;
    const id = request.path.slice(path.length + 1);
    if (request.method === 'DELETE') return remove(keeper, id, request.query);
    if (id !== '') return undefined;
    if (request.method === 'GET') return json({ faults: keeper.faults.map(shown) });
    return request.method === 'POST' ? await add(keeper, request) : undefined;
  };
}

async function add(keeper: FaultKeeper, request: EdgeRequest): Promise<EdgeResponse> {
  try {
    return json(shown(keeper.add(readFault(await request.body()))), 201);
  } catch (error) {
    if (error instanceof InvalidFault) return json({ message: error.message }, 400);
    throw error;
  }
}

function remove(keeper: FaultKeeper, id: string, query: URLSearchParams): EdgeResponse {
  const functionName = query.get('function');
  const removed = keeper.remove(
    (fault) => (id === '' || fault.id === id) && (functionName === null || fault.scope.functionName === functionName),
  );
  if (id !== '' && removed === 0)
    return json({ message: `There is no fault ${id}: it has struck, or never was.` }, 404);
  return json({ removed });
}

/** In the form in which it was asked for. */
function shown({ id, scope, effect, remaining }: KeptFault): object {
  const { functionName, ...where } = scope;
  const { kind, ...details } = effect;
  const { delay, ...others } = { delay: undefined, ...details };
  return { id, function: functionName, ...where, kind, ...others, ...(delay && { milliseconds: delay }), remaining };
}
