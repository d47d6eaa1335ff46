/** Functions of package type Image, from images of the engine. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  type FunctionConfiguration,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { tarOf } from '../../src/executors/docker/tar-archive.ts';
import { derivedImage } from '../images/derived-image.ts';
import { ImageRegistry } from '../images/image-registry.ts';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { startDockerDaemon, testImage } from './docker-daemon.ts';

let daemon: TestDaemon;
const made: string[] = [];
before(async () => {
  daemon = await startDockerDaemon();
});
after(async () => {
  await daemon[Symbol.asyncDispose]();
  for (const image of made) await testImage.engine.removeImage(image);
});

const handlers = (text: string): string =>
  `import os\ndef handler(event, context):\n  return ["${text}", event, os.getcwd(), os.environ.get("MINE")]\ndef other(event, context):\n  return "other of ${text}"`;

/** The handlers, in two folders. */
const files = (text: string): Readonly<Record<string, string>> => ({
  'var/task/app.py': handlers(text),
  'var/other/app.py': handlers(text),
});

async function image(name: string, text: string): Promise<string> {
  const former = await testImage.engine.image(`lambdad-test/${name}:latest`);
  if (former !== undefined) made.push(former.Id);
  const uri = await derivedImage(testImage, `lambdad-test/${name}:latest`, files(text), [
    'ENTRYPOINT ["/var/lang/bin/python3", "-m", "awslambdaric"]',
    'CMD ["app.handler"]',
  ]);
  made.push(uri);
  return uri;
}

async function create(name: string, uri: string, options: Partial<CreateFunctionCommandInput> = {}): Promise<void> {
  await daemon.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      PackageType: 'Image',
      Code: { ImageUri: uri },
      Timeout: 20,
      MemorySize: 256,
      ...options,
    }),
  );
}

/** The configuration once nothing is under way any more. */
async function settled(name: string): Promise<FunctionConfiguration> {
  for (;;) {
    const now = await daemon.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (now.State !== 'Pending' && now.LastUpdateStatus !== 'InProgress') return now;
  }
}

async function invoke(name: string): Promise<unknown> {
  const { Payload } = await daemon.lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{"a":1}' }));
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
}

test('an image of the engine runs with the entrypoint, command and folder that it has', async () => {
  const uri = await image('plain', 'plain');
  await create('plain', uri, { Environment: { Variables: { MINE: 'set' } } });
  const { State, StateReason, CodeSha256, Runtime } = await settled('plain');
  assert.equal(State, 'Active', StateReason);
  assert.equal(Runtime, undefined);
  assert.deepEqual(await invoke('plain'), ['plain', { a: 1 }, '/var/task', 'set']);
  const { Code } = await daemon.lambda.send(new GetFunctionCommand({ FunctionName: 'plain' }));
  const digest = (await testImage.engine.image(uri))?.Id.replace('sha256:', '');
  assert.equal(CodeSha256, digest);
  assert.equal(Code?.ResolvedImageUri, `lambdad-test/plain@sha256:${digest}`);
});

test('ImageConfig overrides command, entrypoint and folder, each for itself', async () => {
  const uri = await image('configured', 'configured');
  await create('configured', uri, { ImageConfig: { Command: ['app.other'] } });
  await settled('configured');
  assert.equal(await invoke('configured'), 'other of configured');
  const changed = { FunctionName: 'configured', ImageConfig: { WorkingDirectory: '/var/other' } };
  await daemon.lambda.send(new UpdateFunctionConfigurationCommand(changed));
  await settled('configured');
  assert.deepEqual(await invoke('configured'), ['configured', { a: 1 }, '/var/other', null]);
  const program = { EntryPoint: ['/var/lang/bin/python3', '-m', 'awslambdaric', 'app.other'], Command: [] };
  await daemon.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'configured', ImageConfig: program }),
  );
  await settled('configured');
  assert.equal(await invoke('configured'), 'other of configured');
});

test('extensions that an image has are started before its runtime, in its environment', async () => {
  const extension = `#!/bin/sh
exec /var/lang/bin/python3 -c '
import os, urllib.request as u
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2020-01-01/extension/"
open("/tmp/started", "w").close()
answer = u.urlopen(u.Request(api + "register", b"{\\"events\\":[]}", {"Lambda-Extension-Name": "mine"}))
own = {"Lambda-Extension-Identifier": answer.headers["Lambda-Extension-Identifier"]}
print("extension registered", flush=True)
u.urlopen(u.Request(api + "event/next", headers=own))
'`;
  const handler = 'import os\nstarted = os.path.exists("/tmp/started")\ndef handler(event, context):\n  return started';
  const uri = await derivedImage(
    testImage,
    'lambdad-test/extended:latest',
    { 'var/task/app.py': handler, 'opt/extensions/mine': extension, 'opt/extensions/data/file': '' },
    ['ENTRYPOINT ["/var/lang/bin/python3", "-m", "awslambdaric"]', 'CMD ["app.handler"]'],
  );
  made.push(uri);
  await create('extended', uri);
  const { State, StateReason } = await settled('extended');
  assert.equal(State, 'Active', StateReason);
  assert.equal(await invoke('extended'), true);
});

test('new code is another image, also under the same name', async () => {
  const uri = await image('changing', 'first');
  await create('changing', uri);
  const before = await settled('changing');
  assert.deepEqual(await invoke('changing'), ['first', { a: 1 }, '/var/task', null]);
  await image('changing', 'second');
  await daemon.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'changing', ImageUri: uri }));
  const after = await settled('changing');
  assert.notEqual(after.CodeSha256, before.CodeSha256);
  assert.equal(((await invoke('changing')) as unknown[])[0], 'second');
});

test('an image that is nowhere makes the function Failed, and says so', async () => {
  await create('missing', 'localhost:1/nowhere:tag');
  const { State, StateReasonCode, StateReason } = await settled('missing');
  assert.deepEqual([State, StateReasonCode], ['Failed', 'InvalidImage']);
  assert.match(StateReason ?? '', /^The image localhost:1\/nowhere:tag is not on this machine and cannot be pulled: ./);
  const uri = await image('found', 'found');
  await daemon.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'missing', ImageUri: uri }));
  assert.equal((await settled('missing')).State, 'Active');
});

test('an image that only a registry has is pulled, and known by the digest that it has there', async () => {
  await using registry = await ImageRegistry.start();
  const uri = `${registry.host}/team/app:1`;
  await create('pulled', uri);
  made.push(uri);
  const { State, CodeSha256, StateReason } = await settled('pulled');
  assert.equal(State, 'Active', StateReason);
  assert.equal(CodeSha256, registry.digest);
  const { Code } = await daemon.lambda.send(new GetFunctionCommand({ FunctionName: 'pulled' }));
  assert.equal(Code?.ResolvedImageUri, `${registry.host}/team/app@sha256:${registry.digest}`);
});

test('how far a pull is is the reason for which a function is Pending', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-layer-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'large'), randomBytes(8_000_000));
  await using registry = await ImageRegistry.start(await buffer(tarOf(folder)));
  const rest = Promise.withResolvers<void>();
  registry.halfway = rest.promise;
  const uri = `${registry.host}/team/large:1`;
  await create('large', uri);
  made.push(uri);
  const reasons = new Set<string | undefined>();
  const command = new GetFunctionConfigurationCommand({ FunctionName: 'large' });
  for (;;) {
    const { State, StateReason, StateReasonCode } = await daemon.lambda.send(command);
    assert.deepEqual([State, StateReasonCode], ['Pending', 'Creating']);
    reasons.add(StateReason);
    if (StateReason?.includes('%')) break;
  }
  rest.resolve();
  const told = [...reasons].at(-1) ?? '';
  assert.match(told, /^The function is being created: pulling the image .*\/large:1, [1-5]\d? % of 9 MB\.$/);
  const { State, StateReason } = await settled('large');
  assert.deepEqual([State, StateReason], ['Active', undefined]);
});

test('a registry that refuses makes the function Failed: ImageAccessDenied', async () => {
  await using registry = await ImageRegistry.start();
  registry.locked = true;
  await create('refused', `${registry.host}/team/app:2`);
  const { State, StateReasonCode, StateReason } = await settled('refused');
  assert.deepEqual([State, StateReasonCode], ['Failed', 'ImageAccessDenied']);
  assert.match(StateReason ?? '', /team\/app:2 is not on this machine and cannot be pulled: .*denied/);
});
