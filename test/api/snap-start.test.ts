/** Versions that start from a snapshot: one init phase when they are published, hooks around the snapshot, the restore. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandOutput,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';

const python = { Runtime: 'python3.12', Handler: 'app.handler', SnapStart: { ApplyOn: 'PublishedVersions' } } as const;

const hooked = `
import os
from snapshot_restore_py import register_after_restore, register_before_snapshot
seen = ['init']
register_before_snapshot(seen.append, 'before, registered first')
register_before_snapshot(seen.append, 'before, registered last')
register_after_restore(seen.append, 'after, registered first')
@register_after_restore
def restored():
    seen.append('after, registered last')
def handler(event, context):
    return [os.environ['AWS_LAMBDA_INITIALIZATION_TYPE'], *seen]
`;

suite('SnapStart', { concurrency: true }, () => {
  let daemon: TestDaemon;
  before(async () => {
    daemon = await TestDaemon.start();
  });
  after(() => daemon[Symbol.asyncDispose]());

  const configuration = (FunctionName: string, Qualifier = '1') =>
    daemon.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));

  async function published(name: string, app: string, options = {}) {
    const fn = await daemon.function({ ...python, FunctionName: name, code: { 'app.py': app }, ...options });
    const first = await daemon.lambda.send(new PublishVersionCommand({ FunctionName: fn.name }));
    assert.equal(first.State, 'Pending');
    for (;;) {
      const version = await configuration(name);
      if (version.State !== 'Pending') return { fn, version };
    }
  }

  const invoke = (FunctionName: string): Promise<InvokeCommandOutput> =>
    daemon.lambda.send(new InvokeCommand({ FunctionName, Qualifier: '1', LogType: 'Tail' }));
  const payloadOf = ({ Payload }: InvokeCommandOutput): unknown => JSON.parse(Buffer.from(Payload ?? []).toString());
  const logOf = ({ LogResult }: InvokeCommandOutput): string => Buffer.from(LogResult ?? '', 'base64').toString();

  async function wholeLog(name: string): Promise<string> {
    const response = await daemon.fetch(`/_lambdad/logs?function=${name}`);
    return await response.text();
  }

  test('hooks run around the snapshot, and the report shows what the restore took', async () => {
    const { version } = await published('hooked', hooked);
    assert.deepEqual([version.State, version.SnapStart?.OptimizationStatus], ['Active', 'On']);
    const first = await invoke('hooked');
    const before = ['before, registered last', 'before, registered first'];
    const after = ['after, registered first', 'after, registered last'];
    assert.deepEqual(payloadOf(first), ['snap-start', 'init', ...before, ...after]);
    assert.match(logOf(first), /REPORT .*\tRestore Duration: [\d.]+ ms\tBilled Restore Duration: \d+ ms\t\n$/);
    assert.doesNotMatch(logOf(first), /Init Duration/);
    const second = await invoke('hooked');
    assert.doesNotMatch(logOf(second), /Restore Duration/);
    const log = await wholeLog('hooked');
    assert.match(log, /INIT_START Runtime Version: python:3\.12\.v1.*INIT_REPORT Init Duration: [\d.]+ ms/s);
    assert.match(log, /RESTORE_START Runtime Version: .*RESTORE_REPORT Restore Duration: [\d.]+ ms/s);
    assert.equal(log.match(/INIT_START/g)?.length, 1, 'one init phase, when the version was published');
  });

  test('$LATEST starts as any other function', async () => {
    const fn = await daemon.function({ ...python, code: { 'app.py': hooked } });
    const { payload, log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.deepEqual(payload, ['on-demand', 'init']);
    assert.match(log, /Init Duration/);
  });

  test('an init phase that fails makes the version Failed', async () => {
    const broken = 'import os\nif os.environ["AWS_LAMBDA_FUNCTION_VERSION"] == "1": raise ValueError("no")';
    const { version } = await published('broken', broken);
    assert.deepEqual([version.State, version.StateReasonCode], ['Failed', 'FunctionError.RuntimeInitError']);
    assert.match(version.StateReason ?? '', /no snapshot could be taken: ValueError/);
    assert.equal(version.SnapStart?.OptimizationStatus, 'Off');
    assert.match(await wholeLog('broken'), /ValueError.*no.*INIT_REPORT .*Status: error/s);
  });

  test('a hook that fails before the snapshot makes the version Failed too', async () => {
    const { version } = await published(
      'unhooked',
      `from snapshot_restore_py import register_before_snapshot
register_before_snapshot(lambda: 1 / 0)
def handler(event, context): return 1`,
    );
    assert.deepEqual([version.State, version.StateReasonCode], ['Failed', 'FunctionError.RuntimeInitError']);
    assert.match(version.StateReason ?? '', /ZeroDivisionError/);
  });

  test('a hook that fails after the restore is the error of each invocation', async () => {
    const { version } = await published(
      'unrestored',
      `from snapshot_restore_py import register_after_restore
register_after_restore(lambda: 1 / 0)
def handler(event, context): return 1`,
    );
    assert.equal(version.State, 'Active');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await assert.rejects(invoke('unrestored'), {
        name: 'SnapStartException',
        message:
          'The afterRestore() runtime hook encountered an error. For more information, check the Amazon CloudWatch logs.',
      });
    }
    assert.match(await wholeLog('unrestored'), /RESTORE_REPORT .*Status: error\\tError Type: ZeroDivisionError/);
  });
});
