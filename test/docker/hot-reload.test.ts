/** Code and layers that are folders of the machine, in containers. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  type LayerVersionContentInput,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { zipOf } from '../kit/zip-of.ts';
import { startDockerDaemon } from './docker-daemon.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-live-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Creates a function and waits for it; returns what invokes it. */
async function created(
  lambda: LambdaClient,
  Code: CreateFunctionCommandInput['Code'],
  Layers: string[] = [],
): Promise<() => Promise<unknown>> {
  const FunctionName = 'live';
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 20,
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      Code,
      Layers,
    }),
  );
  for (;;) {
    const { State } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (State !== 'Pending') break;
  }
  return async () => {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
  };
}

suite('hot reload in containers', () => {
  test('a change of the folder is in force without a new deployment', async (t) => {
    const folder = folderOf(t);
    const write = (text: string): void =>
      writeFileSync(join(folder, 'index.js'), `exports.handler = async () => ${JSON.stringify(text)};`);
    write('before');
    await using daemon = await startDockerDaemon();
    const invoke = await created(daemon.lambda, { S3Bucket: 'hot-reload', S3Key: folder });
    assert.equal(await invoke(), 'before');
    write('after');
    while ((await invoke()) === 'before');
  });

  for (const alone of [true, false]) {
    test(`a layer ${alone ? 'alone' : 'among others'} may be a folder, whose changes are in force at once`, async (t) => {
      const folder = folderOf(t);
      writeFileSync(join(folder, 'text.txt'), 'before');
      await using daemon = await startDockerDaemon();
      const publish = async (LayerName: string, Content: LayerVersionContentInput): Promise<string> =>
        (await daemon.lambda.send(new PublishLayerVersionCommand({ LayerName, Content }))).LayerVersionArn ?? '';
      const live = await publish('live', { S3Bucket: 'hot-reload', S3Key: folder });
      const below = await publish('below', { ZipFile: await zipOf({ 'text.txt': 'below', 'kept.txt': 'kept' }) });
      const code = `
        const { existsSync, readFileSync } = require('node:fs');
        const text = (name) => existsSync('/opt/' + name) ? readFileSync('/opt/' + name, 'utf8') : null;
        exports.handler = async () => [text('text.txt'), text('new.txt'), text('kept.txt')];`;
      const Code = { ZipFile: await zipOf({ 'index.js': code }) };
      const invoke = await created(daemon.lambda, Code, alone ? [live] : [below, live]);
      const kept = alone ? null : 'kept';
      assert.deepEqual(await invoke(), ['before', null, kept]);
      writeFileSync(join(folder, 'new.txt'), 'new');
      writeFileSync(join(folder, 'text.txt'), 'after');
      let answer = await invoke();
      while (JSON.stringify(answer).includes('before') || !JSON.stringify(answer).includes('new'))
        answer = await invoke();
      assert.deepEqual(answer, ['after', 'new', kept]);
    });
  }
});
