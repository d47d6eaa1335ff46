/** UpdateFunctionCode and UpdateFunctionConfiguration through the real SDK. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const answering = (text: string) => zipOf({ 'index.js': `exports.handler = async () => '${text}';` });

suite('Updates of a function', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const configuration = (name: string) =>
    lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const updated = (name: string): Promise<unknown> =>
    waitUntilFunctionUpdatedV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });

  test('new code is InProgress, then Successful, and then it is what runs', async () => {
    const fn = await lambdad.function({ code: await answering('old') });
    assert.equal((await fn.invoke()).payload, 'old');
    const code = await answering('new');
    const reply = await lambdad.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.name, ZipFile: code }));
    assert.partialDeepStrictEqual(reply, {
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
      CodeSha256: createHash('sha256').update(code).digest('base64'),
      CodeSize: code.length,
      Version: '$LATEST',
    });
    await updated(fn.name);
    assert.equal((await fn.invoke()).payload, 'new');
  });

  test('each change has two RevisionIds: one of the call and one of its completion', async () => {
    const fn = await lambdad.function({ code: echo });
    const before_ = (await configuration(fn.name)).RevisionId;
    const call = await lambdad.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Timeout: 9 }),
    );
    await updated(fn.name);
    const done = (await configuration(fn.name)).RevisionId;
    assert.equal(new Set([before_, call.RevisionId, done]).size, 3);
  });

  test('a configuration that changes nothing still goes through an update', async () => {
    const fn = await lambdad.function({ code: echo });
    const first = await lambdad.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: fn.name }));
    assert.equal(first.LastUpdateStatus, 'InProgress');
    await updated(fn.name);
  });

  test('a configuration is merged: what is not named stays', async () => {
    const fn = await lambdad.function({ code: echo, Description: 'first', Environment: { Variables: { A1: '1' } } });
    await lambdad.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, MemorySize: 512, Handler: 'index.handler' }),
    );
    await updated(fn.name);
    assert.partialDeepStrictEqual(await configuration(fn.name), {
      Description: 'first',
      MemorySize: 512,
      Environment: { Variables: { A1: '1' } },
    });
  });

  test('a new configuration starts new environments', async () => {
    const code = { 'index.js': 'let n = 0; exports.handler = async () => ({ n: ++n, stage: process.env.STAGE });' };
    const fn = await lambdad.function({ code, Environment: { Variables: { STAGE: 'one' } } });
    assert.deepEqual((await fn.invoke()).payload, { n: 1, stage: 'one' });
    assert.deepEqual((await fn.invoke()).payload, { n: 2, stage: 'one' });
    await lambdad.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Environment: { Variables: { STAGE: 'two' } } }),
    );
    await updated(fn.name);
    assert.deepEqual((await fn.invoke()).payload, { n: 1, stage: 'two' });
  });

  test('JSON logging brings the levels, Text takes them away again', async () => {
    const fn = await lambdad.function({ code: echo });
    const change = async (LoggingConfig: { LogFormat: 'JSON' | 'Text' }) => {
      const input = { FunctionName: fn.name, LoggingConfig };
      const reply = await lambdad.lambda.send(new UpdateFunctionConfigurationCommand(input));
      await updated(fn.name);
      return reply.LoggingConfig;
    };
    const LogGroup = `/aws/lambda/${fn.name}`;
    assert.deepEqual(await change({ LogFormat: 'JSON' }), {
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'INFO',
      LogGroup,
    });
    assert.deepEqual(await change({ LogFormat: 'Text' }), { LogFormat: 'Text', LogGroup });
  });

  test('an empty TargetArn clears the dead-letter queue', async () => {
    const queue = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const fn = await lambdad.function({ code: echo, DeadLetterConfig: { TargetArn: queue } });
    assert.deepEqual((await configuration(fn.name)).DeadLetterConfig, { TargetArn: queue });
    const reply = await lambdad.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, DeadLetterConfig: { TargetArn: '' } }),
    );
    assert.equal(reply.DeadLetterConfig, undefined);
  });

  test('the current RevisionId is accepted, an older one is refused', async () => {
    const fn = await lambdad.function({ code: echo });
    const { RevisionId } = await configuration(fn.name);
    const change = new UpdateFunctionConfigurationCommand({
      FunctionName: fn.name,
      ...(RevisionId === undefined ? {} : { RevisionId }),
    });
    await lambdad.lambda.send(change);
    await updated(fn.name);
    await assert.rejects(lambdad.lambda.send(change), {
      name: 'PreconditionFailedException',
      message:
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    });
  });

  test('DryRun shows what would be, and nothing changes', async () => {
    const fn = await lambdad.function({ code: echo });
    const old = await configuration(fn.name);
    const code = await answering('dry');
    const reply = await lambdad.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: fn.name, ZipFile: code, DryRun: true }),
    );
    assert.equal(reply.CodeSha256, createHash('sha256').update(code).digest('base64'));
    const { $metadata: _, ...now } = await configuration(fn.name);
    const { $metadata: __, ...then } = old;
    assert.deepEqual(now, then);
  });

  test('Publish with new code returns the published version', async () => {
    const fn = await lambdad.function({ code: echo });
    const reply = await lambdad.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: fn.name, ZipFile: await answering('v1'), Publish: true }),
    );
    assert.equal(reply.Version, '1');
    await updated(fn.name);
    const version = await fn.invoke({}, { Qualifier: '1' });
    assert.equal(version.payload, 'v1');
    assert.equal(version.executedVersion, '1');
  });

  test('the architecture changes with the code only when it is named', async () => {
    const fn = await lambdad.function({ code: echo });
    const send = (more: object) =>
      lambdad.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.name, ...more }));
    const ZipFile = await answering('arm');
    assert.deepEqual((await send({ ZipFile, Architectures: ['arm64'] })).Architectures, ['arm64']);
    await updated(fn.name);
    assert.deepEqual((await send({ ZipFile })).Architectures, ['arm64']);
  });
});
