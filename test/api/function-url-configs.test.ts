/** The five operations on the configuration of a function URL. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionUrlConfigsCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, conflict, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

suite('Function URL configurations', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const create = (FunctionName: string, more = {}) =>
    lambdad.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...more }));
  const get = (FunctionName: string) => lambdad.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
  const url = (method: string, name: string, body?: object, query = '') =>
    apiRequest(lambdad.endpoint, {
      method,
      path: `/2021-10-31/functions/${name}/url${query}`,
      ...(body ? { body } : {}),
    });

  test('create answers 201 with the URL, and leaves out what was not asked for', async () => {
    const fn = await lambdad.function({ code: echo });
    const { $metadata, ...reply } = await create(fn.name);
    assert.equal($metadata.httpStatusCode, 201);
    assert.deepEqual(Object.keys(reply).sort(), ['AuthType', 'CreationTime', 'FunctionArn', 'FunctionUrl']);
    assert.equal(reply.AuthType, 'NONE');
    assert.equal(reply.FunctionArn, arnOf(fn.name));
    assert.match(reply.CreationTime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|\+0000)$/);
    const form = /^http:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.localhost\.localstack\.cloud:(\d+)\/$/;
    assert.equal(form.exec(reply.FunctionUrl ?? '')?.[1], String(lambdad.port));
  });

  test('get and list show the mode and both times', async () => {
    const fn = await lambdad.function({ code: echo });
    const created = await create(fn.name);
    const { $metadata: _, ...got } = await get(fn.name);
    assert.deepEqual(got, {
      FunctionUrl: created.FunctionUrl,
      FunctionArn: arnOf(fn.name),
      AuthType: 'NONE',
      CreationTime: created.CreationTime,
      LastModifiedTime: created.CreationTime,
      InvokeMode: 'BUFFERED',
    });
    const listed = await lambdad.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: fn.name }));
    assert.deepEqual(listed.FunctionUrlConfigs, [got]);
    assert.equal(listed.NextMarker, undefined);
  });

  test('the mode and the rules for other origins are kept and echoed', async () => {
    const fn = await lambdad.function({ code: echo });
    const Cors = {
      AllowCredentials: true,
      AllowHeaders: ['x-one'],
      AllowMethods: ['GET', 'POST'],
      AllowOrigins: ['https://example.org'],
      ExposeHeaders: ['x-two'],
      MaxAge: 60,
    };
    const reply = await create(fn.name, { AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM', Cors });
    assert.partialDeepStrictEqual(reply, { AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM', Cors });
    assert.partialDeepStrictEqual(await get(fn.name), { AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM', Cors });
  });

  test('an update keeps the address and what it does not name', async () => {
    const fn = await lambdad.function({ code: echo });
    const created = await create(fn.name, { Cors: { AllowOrigins: ['*'] } });
    const { $metadata: _, ...reply } = await lambdad.lambda.send(
      new UpdateFunctionUrlConfigCommand({ FunctionName: fn.name, AuthType: 'AWS_IAM' }),
    );
    const { LastModifiedTime, ...rest } = reply;
    assert.ok(LastModifiedTime);
    assert.deepEqual(rest, {
      FunctionUrl: created.FunctionUrl,
      FunctionArn: arnOf(fn.name),
      AuthType: 'AWS_IAM',
      Cors: { AllowOrigins: ['*'] },
      CreationTime: created.CreationTime,
    });
  });

  test('a deleted configuration is gone: 204, then 404', async () => {
    const fn = await lambdad.function({ code: echo });
    await create(fn.name);
    const reply = await lambdad.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: fn.name }));
    assert.equal(reply.$metadata.httpStatusCode, 204);
    const gone = notFound('The resource you requested does not exist.');
    assertRefused(await url('GET', fn.name), gone);
    assertRefused(await url('PUT', fn.name, { AuthType: 'NONE' }), gone);
    assertRefused(await url('DELETE', fn.name), gone);
    const listed = await lambdad.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: fn.name }));
    assert.deepEqual(listed.FunctionUrlConfigs, []);
  });

  test('a second URL is a conflict', async () => {
    const fn = await lambdad.function({ code: echo });
    await create(fn.name);
    assertRefused(
      await url('POST', fn.name, { AuthType: 'NONE' }),
      conflict(
        `Failed to create function url config for [functionArn = ${arnOf(fn.name)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      ),
    );
  });

  test('a function that is not there has its own sentence', async () => {
    assertRefused(await url('POST', 'gone', { AuthType: 'NONE' }), notFound('Function does not exist'));
    const list = await apiRequest(lambdad.endpoint, { path: '/2021-10-31/functions/gone/urls' });
    assertRefused(list, notFound('Function does not exist'));
    assertRefused(await url('GET', 'gone'), notFound('The resource you requested does not exist.'));
  });

  test('a number is no qualifier of a URL, nor is $LATEST', async () => {
    const rule = String.raw`satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)`;
    for (const qualifier of ['1', '$LATEST']) {
      assertRefused(
        await url('POST', 'any', { AuthType: 'NONE' }, `?Qualifier=${encodeURIComponent(qualifier)}`),
        validation(violation(qualifier, 'qualifier', rule)),
      );
    }
  });

  test('an unknown mode and an unknown kind of authentication are refused', async () => {
    assertRefused(
      await url('POST', 'any', { AuthType: 'NONE', InvokeMode: 'UNKNOWN' }),
      validation(violation('UNKNOWN', 'invokeMode', 'satisfy enum value set: [RESPONSE_STREAM, BUFFERED]')),
    );
    const { status, errorType } = await url('POST', 'any', { AuthType: 'PASSWORD' });
    assert.deepEqual([status, errorType], [400, 'ValidationException']);
  });

  test('the _custom_id_ tag of the function is the id of its URL', async () => {
    const fn = await lambdad.function({ code: echo, Tags: { _custom_id_: 'my-custom-subdomain' } });
    const { FunctionUrl } = await create(fn.name);
    assert.equal(
      FunctionUrl,
      `http://my-custom-subdomain.lambda-url.us-east-1.localhost.localstack.cloud:${lambdad.port}/`,
    );
  });

  test('a custom id that cannot be a label of a host name gives way to a random one', async () => {
    const fn = await lambdad.function({ code: echo, Tags: { _custom_id_: '-not.a.label-' } });
    assert.match((await create(fn.name)).FunctionUrl ?? '', /^http:\/\/[a-z0-9]{32}\./);
  });

  test('with the function its URL goes too', async () => {
    const fn = await lambdad.function({ code: echo });
    await create(fn.name);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name }));
    assertRefused(await url('GET', fn.name), notFound('The resource you requested does not exist.'));
  });
});
