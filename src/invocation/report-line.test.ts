import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { bytes, milliseconds, seconds } from '../kernel/quantity.ts';
import { endLine, initReportLine, type Report, reportLine, startLine, timeoutLine } from './report-line.ts';

const version = sampleVersion();
const report: Report = {
  requestId: 'id',
  duration: milliseconds(1.234),
  initDuration: undefined,
  maxMemory: bytes(34.2 * 1024 * 1024),
  status: 'success',
  errorType: undefined,
};

test('the lines of an invocation are those of AWS', () => {
  assert.equal(startLine('id', version), 'START RequestId: id Version: $LATEST');
  assert.equal(endLine('id'), 'END RequestId: id');
  assert.equal(
    reportLine(report, version),
    'REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 35 MB\t',
  );
});

test('a cold start shows its init phase, and is billed for it', () => {
  assert.equal(
    reportLine({ ...report, initDuration: milliseconds(100.001) }, version),
    'REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 102 ms\tMemory Size: 128 MB\tMax Memory Used: 35 MB\tInit Duration: 100.00 ms\t',
  );
});

test('a time-out and an error show their status', () => {
  assert.match(reportLine({ ...report, status: 'timeout' }, version), /\tMax Memory Used: 35 MB\tStatus: timeout\t$/);
  assert.match(
    reportLine({ ...report, status: 'error', errorType: 'Runtime.ExitError' }, version),
    /\tStatus: error\tError Type: Runtime.ExitError\t$/,
  );
  assert.equal(
    timeoutLine(milliseconds(Date.UTC(2026, 0, 1)), 'id', seconds(3)),
    '2026-01-01T00:00:00.000Z id Task timed out after 3.00 seconds',
  );
  assert.equal(
    initReportLine(milliseconds(10_000), 'init', 'timeout', 'Sandbox.Timedout'),
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\tError Type: Sandbox.Timedout',
  );
});

test('the memory shown is never more than the function has', () => {
  assert.match(reportLine({ ...report, maxMemory: bytes(2 ** 30) }, version), /Max Memory Used: 128 MB/);
});
