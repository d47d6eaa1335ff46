/** SnapStart in containers: the hooks of AWS's own runtime interface client. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetFunctionConfigurationCommand, InvokeCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { startDockerDaemon, testImage } from './docker-daemon.ts';

const app = `
from snapshot_restore_py import register_after_restore, register_before_snapshot
seen = []
register_before_snapshot(lambda: seen.append('before'))
register_after_restore(lambda: seen.append('after'))
def handler(event, context):
    return seen
`;

test("the hooks of AWS's client for Python run around the snapshot", async () => {
  const LAMBDA_RUNTIME_IMAGE_MAPPING = JSON.stringify({ 'python3.12': testImage.image });
  await using daemon = await startDockerDaemon({ settings: { LAMBDA_RUNTIME_IMAGE_MAPPING } });
  const fn = await daemon.function({
    Runtime: 'python3.12',
    Handler: 'app.handler',
    MemorySize: 256,
    Timeout: 20,
    SnapStart: { ApplyOn: 'PublishedVersions' },
    code: { 'app.py': app },
  });
  const one = { FunctionName: fn.name, Qualifier: '1' };
  await daemon.lambda.send(new PublishVersionCommand({ FunctionName: fn.name }));
  for (;;) {
    const { State, StateReason } = await daemon.lambda.send(new GetFunctionConfigurationCommand(one));
    if (State === 'Active') break;
    assert.equal(State, 'Pending', StateReason);
  }
  const { Payload, LogResult } = await daemon.lambda.send(new InvokeCommand({ ...one, LogType: 'Tail' }));
  assert.deepEqual(JSON.parse(Buffer.from(Payload ?? []).toString()), ['before', 'after']);
  assert.match(Buffer.from(LogResult ?? '', 'base64').toString(), /\tRestore Duration: [\d.]+ ms\tBilled Restore /);
});
