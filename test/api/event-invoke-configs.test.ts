/** The five operations on event invoke configurations. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const queue = 'arn:aws:sqs:us-east-1:000000000000:results';

suite('Event invoke configurations', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const put = (FunctionName: string, more: object) =>
    lambdad.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...more }));
  const request = (method: string, name: string, body?: object, rest = ''): Promise<ApiAnswer> =>
    apiRequest(lambdad.endpoint, {
      method,
      path: `/2019-09-25/functions/${name}/event-invoke-config${rest}`,
      ...(body && { body }),
    });

  test('put, get, update and delete answer with exactly the members that AWS sends', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { $metadata, ...created } = await put(name, { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 120 });
    assert.equal($metadata.httpStatusCode, 200);
    assert.ok(created.LastModified instanceof Date);
    assert.deepEqual(created, {
      FunctionArn: `${arnOf(name)}:$LATEST`,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 120,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
      LastModified: created.LastModified,
    });
    const wire = (await request('GET', name)).json as Record<string, unknown>;
    assert.deepEqual(wire, { ...created, LastModified: created.LastModified.getTime() / 1000 });
    const { $metadata: _, ...got } = await lambdad.lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName: name, Qualifier: '$LATEST' }),
    );
    assert.deepEqual(got, created);
    const { $metadata: __, ...updated } = await lambdad.lambda.send(
      new UpdateFunctionEventInvokeConfigCommand({
        FunctionName: name,
        DestinationConfig: { OnFailure: { Destination: queue } },
      }),
    );
    assert.deepEqual(updated, {
      ...created,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: queue } },
      LastModified: updated.LastModified,
    });
    const replaced = await put(name, { MaximumRetryAttempts: 0 });
    assert.equal('MaximumEventAgeInSeconds' in replaced, false);
    assert.deepEqual(replaced.DestinationConfig, { OnSuccess: {}, OnFailure: {} });
    const deleted = await lambdad.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: name }));
    assert.equal(deleted.$metadata.httpStatusCode, 204);
    const nothing = notFound(`The function ${arnOf(name)}:$LATEST doesn't have an EventInvokeConfig`);
    for (const method of ['GET', 'DELETE', 'POST']) {
      assertRefused(await request(method, name, method === 'POST' ? { MaximumRetryAttempts: 1 } : undefined), nothing);
    }
  });

  test('they are listed page by page', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    for (const Qualifier of ['$LATEST', '1']) await put(name, { Qualifier, MaximumRetryAttempts: 0 });
    const list = (more = {}) =>
      lambdad.lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: name, ...more }));
    const first = await list({ MaxItems: 1 });
    const second = await list({ MaxItems: 1, Marker: first.NextMarker });
    const arns = [first, second].flatMap(({ FunctionEventInvokeConfigs = [] }) =>
      FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn),
    );
    assert.deepEqual(arns, [`${arnOf(name)}:$LATEST`, `${arnOf(name)}:1`]);
    assert.equal(second.NextMarker, undefined);
    assert.equal((await list()).FunctionEventInvokeConfigs?.length, 2);
    assertRefused(await request('GET', name, undefined, '/list?Marker=none'), invalidParameter('Invalid Marker.'));
  });

  test('a version that is published later has none', async () => {
    const { name } = await lambdad.function({ code: echo });
    await put(name, { MaximumRetryAttempts: 0 });
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: name }));
    assertRefused(
      await request('GET', name, undefined, '?Qualifier=1'),
      notFound(`The function ${arnOf(name)}:1 doesn't have an EventInvokeConfig`),
    );
  });

  test('what is not there and what sets nothing is refused', async () => {
    const { name } = await lambdad.function({ code: echo });
    const missing = notFound("The function doesn't exist.");
    assertRefused(await request('PUT', 'gone', { MaximumRetryAttempts: 1 }), missing);
    assertRefused(await request('PUT', name, { MaximumRetryAttempts: 1 }, '?Qualifier=live'), missing);
    assertRefused(await request('GET', 'gone', undefined, '/list'), missing);
    const empty = invalidParameter('You must specify at least one of error handling or destination setting.');
    assertRefused(await request('PUT', name, {}), empty);
    assertRefused(await request('POST', name, {}), empty);
  });

  test('destinations are checked', async () => {
    const { name } = await lambdad.function({ code: echo });
    const to = (OnSuccess: string | undefined, OnFailure?: string) => ({
      DestinationConfig: {
        ...(OnSuccess && { OnSuccess: { Destination: OnSuccess } }),
        ...(OnFailure && { OnFailure: { Destination: OnFailure } }),
      },
    });
    assertRefused(
      await request('PUT', name, to(arnOf(name))),
      invalidParameter("You can't specify the function as a destination for itself."),
    );
    assertRefused(
      await request('PUT', name, to(arnOf('gone'))),
      invalidParameter(`The destination ARN ${arnOf('gone')} is invalid.`),
    );
    const role = 'arn:aws:iam::000000000000:role/any';
    assertRefused(
      await request('PUT', name, to(role)),
      invalidParameter(
        `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${role}), onFailure=null) is invalid.`,
      ),
    );
    const pattern = String.raw`$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)`;
    assertRefused(
      await request('PUT', name, to(undefined, 'somewhere')),
      validation(
        violation(
          'somewhere',
          'destinationConfig.onFailure.destination',
          `satisfy regular expression pattern: ${pattern}`,
        ),
      ),
    );
  });

  test('numbers have their bounds', async () => {
    for (const [member, value, rule] of [
      ['maximumRetryAttempts', 3, 'have value less than or equal to 2'],
      ['maximumEventAgeInSeconds', 59, 'have value greater than or equal to 60'],
      ['maximumEventAgeInSeconds', 21_601, 'have value less than or equal to 21600'],
    ] as const) {
      const name = `${member[0]?.toUpperCase()}${member.slice(1)}`;
      assertRefused(await request('PUT', 'any', { [name]: value }), validation(violation(String(value), member, rule)));
    }
  });
});
