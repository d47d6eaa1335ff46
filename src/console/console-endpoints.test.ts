import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import type { EdgeRequest, EdgeResponse } from '../gateway/endpoint.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { LogBuffer } from '../persistence/memory/log-buffer.ts';
import { logsEndpoint } from './logs-endpoint.ts';
import { statusEndpoint } from './status-endpoint.ts';

const get = (path: string, query = '', signal: AbortSignal = new AbortController().signal): EdgeRequest => ({
  method: 'GET',
  path,
  query: new URLSearchParams(query),
  headers: {},
  signal,
  body: () => Promise.resolve(Buffer.alloc(0)),
});
function contentOf(response: EdgeResponse | undefined): Record<string, unknown> {
  assert.ok(typeof response?.body === 'string');
  return JSON.parse(response.body) as Record<string, unknown>;
}

function openLogs() {
  const clock = new VirtualClock();
  const buffer = new LogBuffer();
  const endpoint = logsEndpoint(buffer, clock);
  return {
    clock,
    log: (message: string, functionName = 'greeter') =>
      buffer.append({
        timestamp: clock.now(),
        logGroup: `/aws/lambda/${functionName}`,
        logStream: 's',
        functionName,
        message,
      }),
    read: async (query: string, signal?: AbortSignal) => {
      const { events, next } = contentOf(await endpoint(get('/_lambdad/logs', query, signal)));
      return { messages: (events as { message: string }[]).map(({ message }) => message), next: String(next) };
    },
  };
}

test('a reader gets what there is, and goes on from there within one millisecond', async () => {
  const { log, read } = openLogs();
  log('a');
  log('b', 'other');
  assert.deepEqual((await read('function=greeter')).messages, ['a']);
  const { messages, next } = await read('');
  assert.deepEqual(messages, ['a', 'b']);
  log('c');
  assert.deepEqual((await read(`since=${next}`)).messages, ['c']);
});

test('a reader that waits gets the first new event of its function', async () => {
  const { log, read, clock } = openLogs();
  const waiting = read('wait=1&function=greeter');
  log('of another', 'other');
  log('mine');
  assert.deepEqual((await waiting).messages, ['mine']);
  assert.equal(clock.waiting, 0);
});

test('a reader that waits in vain is answered after 20 seconds, one that leaves at once', async () => {
  const { read, clock } = openLogs();
  const waiting = read('wait=1');
  clock.advance(milliseconds(20_000));
  assert.deepEqual((await waiting).messages, []);
  const gone = new AbortController();
  const left = read('wait=1', gone.signal);
  gone.abort();
  await left;
  assert.equal(clock.waiting, 0);
});

test('the status shows the daemon and each environment', async () => {
  await using opened = new TestPool();
  const { clock, pool } = opened;
  const endpoint = statusEndpoint({
    version: '0.1.0',
    started: clock.now(),
    clock,
    executor: 'host',
    isolation: 'none',
    addresses: () => [{ host: '127.0.0.1', port: 4566 }],
    functions: () => 1,
    environments: () => pool.environments(),
  });
  await opened.invoke(sampleVersion(), 'a');
  clock.advance(milliseconds(5500));
  const { memoryBytes, environments, ...rest } = contentOf(await endpoint(get('/_lambdad/status')));
  assert.ok(Number(memoryBytes) > 0);
  assert.deepEqual(rest, {
    version: '0.1.0',
    uptimeSeconds: 5,
    executor: 'host',
    isolation: 'none',
    addresses: [{ host: '127.0.0.1', port: 4566 }],
    functions: 1,
  });
  const [{ id, ...environment } = { id: '' }] = environments as { id: string }[];
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.deepEqual(environment, {
    function: 'greeter',
    version: '$LATEST',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:greeter:$LATEST',
    state: 'ready',
    ageSeconds: 5,
    idleSeconds: 5,
    invocations: 1,
    maxMemoryBytes: 40 * 1024 * 1024,
    memorySizeMB: 128,
  });
  assert.equal(await endpoint(get('/_lambdad/other')), undefined);
});
