import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from '../kernel/quantity.ts';
import type { LogConfiguration } from '../lambda/function/function-version.ts';
import type { InitReport, InvocationReport, PlatformEvent } from './platform-event.ts';
import { platformLine } from './platform-line.ts';

const now = milliseconds(Date.UTC(2026, 0, 1));
const text = (event: PlatformEvent): string | undefined => platformLine(event, { format: 'Text' }, now);
const json = (event: PlatformEvent, systemLevel: 'DEBUG' | 'INFO' | 'WARN'): string | undefined =>
  platformLine(event, { format: 'JSON', applicationLevel: 'INFO', systemLevel } satisfies LogConfiguration, now);

const metrics = { durationMs: 1.2344, billedDurationMs: 2, memorySizeMB: 128, maxMemoryUsedMB: 35 };
const report = (changes: Partial<InvocationReport> = {}): PlatformEvent => ({
  type: 'platform.report',
  record: { requestId: 'id', metrics, status: 'success', ...changes },
});
const start: PlatformEvent = {
  type: 'platform.start',
  record: { requestId: 'id', functionArn: 'arn', version: '$LATEST' },
};
const done = (status: 'success' | 'timeout'): PlatformEvent => ({
  type: 'platform.runtimeDone',
  record: { requestId: 'id', status, metrics: { durationMs: 1, producedBytes: 4 } },
});
const initReport = (changes: Partial<InitReport>): PlatformEvent => ({
  type: 'platform.initReport',
  record: {
    initializationType: 'on-demand',
    phase: 'init',
    status: 'success',
    metrics: { durationMs: 10_000 },
    ...changes,
  },
});
const initStart = (runtimeVersion?: string): PlatformEvent => ({
  type: 'platform.initStart',
  record: {
    initializationType: 'on-demand',
    phase: 'init',
    ...(runtimeVersion !== undefined && { runtimeVersion, runtimeVersionArn: 'arn' }),
    functionName: 'f',
    functionVersion: '1',
    instanceId: 'i',
    instanceMaxMemory: 1,
  },
});

test('the lines of an invocation are those of AWS', () => {
  assert.equal(text(start), 'START RequestId: id Version: $LATEST');
  assert.equal(text(done('success')), 'END RequestId: id');
  assert.equal(
    text(report()),
    'REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 35 MB\t',
  );
  assert.match(
    text(report({ metrics: { ...metrics, initDurationMs: 100.001 } })) ?? '',
    /\tMax Memory Used: 35 MB\tInit Duration: 100\.00 ms\t$/,
  );
  assert.match(text(report({ status: 'timeout' })) ?? '', /\tMax Memory Used: 35 MB\tStatus: timeout\t$/);
  assert.match(
    text(report({ status: 'error', errorType: 'Runtime.ExitError' })) ?? '',
    /\tStatus: error\tError Type: Runtime.ExitError\t$/,
  );
});

test('the lines of an init phase are those of AWS: its start, and its end when that is not as it should be', () => {
  assert.equal(text(initStart('nodejs:24.v1')), 'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn');
  assert.equal(text(initStart()), undefined);
  assert.equal(text(initReport({})), undefined);
  assert.equal(
    text(initReport({ status: 'error', errorType: 'Runtime.ExitError' })),
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError',
  );
});

test('in the JSON format an event is its time, its type and its record', () => {
  assert.equal(
    json(report(), 'INFO'),
    '{"time":"2026-01-01T00:00:00.000Z","type":"platform.report","record":{"requestId":"id","metrics":{"durationMs":1.234,"billedDurationMs":2,"memorySizeMB":128,"maxMemoryUsedMB":35},"status":"success"}}',
  );
});

test('each event has the level that AWS gives it', () => {
  const logged = (event: PlatformEvent): string =>
    (['DEBUG', 'INFO', 'WARN'] as const).filter((level) => json(event, level) !== undefined).join(' ');
  const levels = new Map<string, readonly PlatformEvent[]>([
    ['DEBUG', [done('success'), initStart(), initReport({})]],
    ['DEBUG INFO', [start, report(), initStart('a'), initReport({ initializationType: 'provisioned-concurrency' })]],
    ['DEBUG INFO WARN', [done('timeout'), report({ status: 'error' }), initReport({ status: 'timeout' })]],
  ]);
  for (const [expected, events] of levels) {
    for (const event of events) assert.equal(logged(event), expected, JSON.stringify(event));
  }
});
