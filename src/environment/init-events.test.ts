import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import type { EnvironmentId } from '../executors/executor.ts';
import { InvalidEntrypoint } from '../executors/invalid-entrypoint.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { RuntimeId } from '../lambda/function/function-version.ts';
import { initEnd, initStart } from './init-events.ts';

const startOf = (runtime: string) => {
  const event = initStart(
    sampleVersion({ runtime: runtime as RuntimeId }),
    'abc' as EnvironmentId,
    'on-demand',
    '2026/01/01',
  );
  assert.ok(event.type === 'platform.initStart');
  return event.record;
};

test('the start names the runtime as AWS does, and the instance', () => {
  for (const [runtime, shown] of [
    ['nodejs24.x', 'nodejs:24.v1'],
    ['python3.13', 'python:3.13.v1'],
    ['provided.al2023', 'provided:al2023.v1'],
    ['java8.al2', 'java:8.al2.v1'],
    ['provided', 'provided:v1'],
  ] as const) {
    assert.equal(startOf(runtime).runtimeVersion, shown);
  }
  const { runtimeVersionArn, instanceId, instanceMaxMemory } = startOf('nodejs24.x');
  assert.match(runtimeVersionArn ?? '', /^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/);
  assert.equal(instanceId, '2026/01/01/greeter[$LATEST]abc');
  assert.equal(instanceMaxMemory, 134_217_728);
});

test('the end says how the phase ended, and how long it took', () => {
  const result = (outcome: Parameters<typeof initEnd>[0]) =>
    initEnd(outcome, 'on-demand', milliseconds(5)).map(({ record }) => record);
  const [done, report] = result({ kind: 'ready' });
  assert.deepEqual(done, { initializationType: 'on-demand', phase: 'init', status: 'success' });
  assert.deepEqual(report, { ...done, metrics: { durationMs: 5 } });
  assert.partialDeepStrictEqual(result({ kind: 'timed-out' })[1], { status: 'timeout' });
  assert.partialDeepStrictEqual(result({ kind: 'start-failed', error: new InvalidEntrypoint() })[1], {
    status: 'error',
    errorType: 'Runtime.InvalidEntrypoint',
  });
});
