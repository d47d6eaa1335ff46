/** The paths of the Runtime API, version 2018-06-01. Source: AWS Lambda developer guide, "Runtime API". */

export type RuntimeRoute =
  | { readonly kind: 'next' }
  | { readonly kind: 'init-error' | 'restore-next' | 'restore-error' }
  | { readonly kind: 'response' | 'error'; readonly requestId: string };

const base = '/2018-06-01/runtime/';
const nextPath = `${base}invocation/next`;
const initErrorPath = `${base}init/error`;
const restoreNextPath = `${base}restore/next`;
const restoreErrorPath = `${base}restore/error`;
const invocationPrefix = `${base}invocation/`;

const next: RuntimeRoute = { kind: 'next' };
const initError: RuntimeRoute = { kind: 'init-error' };
const restoreNext: RuntimeRoute = { kind: 'restore-next' };
const restoreError: RuntimeRoute = { kind: 'restore-error' };

export function matchRuntimeRoute(method: string | undefined, path: string | undefined): RuntimeRoute | undefined {
  if (method === 'GET') return path === nextPath ? next : path === restoreNextPath ? restoreNext : undefined;
  if (method !== 'POST' || path === undefined) return undefined;
  if (path.startsWith(invocationPrefix)) {
    const end = path.indexOf('/', invocationPrefix.length);
    const requestId = path.slice(invocationPrefix.length, end);
    if (end < 0) return undefined;
    const verb = path.slice(end + 1);
    return verb === 'response' || verb === 'error' ? { kind: verb, requestId } : undefined;
  }
  if (path === restoreErrorPath) return restoreError;
  return path === initErrorPath ? initError : undefined;
}
