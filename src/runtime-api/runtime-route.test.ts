import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchRuntimeRoute } from './runtime-route.ts';

const routes = [
  ['GET', '/2018-06-01/runtime/invocation/next', { kind: 'next' }],
  ['POST', '/2018-06-01/runtime/init/error', { kind: 'init-error' }],
  ['GET', '/2018-06-01/runtime/restore/next', { kind: 'restore-next' }],
  ['POST', '/2018-06-01/runtime/restore/error', { kind: 'restore-error' }],
  ['POST', '/2018-06-01/runtime/restore/next', undefined],
  ['GET', '/2018-06-01/runtime/restore/error', undefined],
  ['POST', '/2018-06-01/runtime/invocation/abc/response', { kind: 'response', requestId: 'abc' }],
  ['POST', '/2018-06-01/runtime/invocation/abc/error', { kind: 'error', requestId: 'abc' }],
  ['POST', '/2018-06-01/runtime/invocation//response', { kind: 'response', requestId: '' }],
  ['POST', '/2018-06-01/runtime/invocation/next', undefined],
  ['GET', '/2018-06-01/runtime/invocation/next/', undefined],
  ['GET', '/2018-06-01/runtime/init/error', undefined],
  ['POST', '/2018-06-01/runtime/invocation/abc', undefined],
  ['POST', '/2018-06-01/runtime/invocation/abc/response/more', undefined],
  ['POST', '/2018-06-01/runtime/invocation/abc/answer', undefined],
  ['PUT', '/2018-06-01/runtime/invocation/abc/response', undefined],
  ['GET', '/', undefined],
  [undefined, undefined, undefined],
] as const;

test('each path of the Runtime API is known, and no other', () => {
  for (const [method, path, route] of routes) {
    assert.deepEqual(matchRuntimeRoute(method, path), route, `${method} ${path}`);
  }
});
