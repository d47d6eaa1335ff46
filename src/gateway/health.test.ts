import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { type EdgeRequest, type Endpoint } from './endpoint.ts';
import { healthEndpoint } from './health.ts';

const request = (method: string, path: string): EdgeRequest => ({
  method,
  path,
  query: new URLSearchParams(),
  headers: {},
  signal: new AbortController().signal,
  body: () => Promise.resolve(Buffer.alloc(0)),
});

async function answer(endpoint: Endpoint, method: string, path: string): Promise<unknown> {
  const response = await endpoint(request(method, path));
  if (response === undefined) return undefined;
  assert.ok(typeof response.body === 'string');
  return JSON.parse(response.body) as unknown;
}

test('tools that wait for a LocalStack find a ready server', async () => {
  const clock = new VirtualClock();
  const endpoint = healthEndpoint({
    version: '0.1.0',
    services: () => ({ lambda: 'running' }),
    clock,
    started: clock.now(),
  });
  clock.advance(milliseconds(61_900));
  const health = { services: { lambda: 'running' }, edition: 'lambdad', version: '0.1.0' };
  assert.deepEqual(await answer(endpoint, 'GET', '/_localstack/health'), health);
  assert.deepEqual(await answer(endpoint, 'HEAD', '/_localstack/health'), health);
  assert.deepEqual(await answer(endpoint, 'GET', '/_localstack/info'), {
    version: '0.1.0',
    edition: 'lambdad',
    is_license_activated: false,
    system: process.platform,
    is_docker: false,
    server_time_utc: '2026-01-01T00:01:01.900Z',
    uptime: 61,
  });
  assert.equal(await answer(endpoint, 'POST', '/_localstack/health'), undefined);
  assert.equal(await answer(endpoint, 'GET', '/_localstack/plugins'), undefined);
});
