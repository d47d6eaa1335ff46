/** Code that is a folder of the machine, in containers. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { startDockerDaemon } from './docker-daemon.ts';

test('a change of the folder is in force without a new deployment', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-live-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (text: string): void =>
    writeFileSync(join(folder, 'index.js'), `exports.handler = async () => ${JSON.stringify(text)};`);
  write('before');
  await using daemon = await startDockerDaemon();
  const { lambda } = daemon;
  const FunctionName = 'live';
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 20,
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      Code: { S3Bucket: 'hot-reload', S3Key: folder },
    }),
  );
  for (;;) {
    const { State } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (State !== 'Pending') break;
  }
  const invoke = async (): Promise<unknown> => {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
  };
  assert.equal(await invoke(), 'before');
  write('after');
  while ((await invoke()) === 'before');
});
