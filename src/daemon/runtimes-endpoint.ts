/** `GET /_aws/lambda/runtimes`: the names of runtimes, `?filter=supported` (the default), `deprecated` or `all`. */
import { type Endpoint, json } from '../gateway/endpoint.ts';
import { listedRuntimes } from '../lambda/runtime-catalogue/listed-runtimes.ts';

export const runtimesEndpoint: Endpoint = ({ method, path, query }) =>
  method === 'GET' && path === '/_aws/lambda/runtimes'
    ? json({ Runtimes: listedRuntimes(query.getAll('filter')) })
    : undefined;
