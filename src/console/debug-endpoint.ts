/** `GET /_lambdad/debug`: where debuggers attach to each function, for people and for what configures debuggers. */
import { type Endpoint, json } from '../gateway/endpoint.ts';

/** @param debuggers nothing when debug mode is off */
export const debugEndpoint =
  (debuggers: (() => readonly object[]) | undefined): Endpoint =>
  ({ method, path }) =>
    method === 'GET' && path === '/_lambdad/debug'
      ? json({ debugMode: debuggers !== undefined, debuggers: debuggers?.() ?? [] })
      : undefined;
