/** Whole policies of functions, versions and aliases. Source: AWS Lambda API reference, PutResourcePolicy, 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddPermissionCommand,
  DeleteResourcePolicyCommand,
  GetPolicyCommand,
  GetResourcePolicyCommand,
  PublishVersionCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-lambda';
import { type ApiRequest, apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const policyFor = (Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'others',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:role/caller'] },
        Action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
        Resource,
      },
      { Effect: 'Deny', Principal: '*', Action: 'lambda:DeleteFunction', Resource },
    ],
  });
const none = notFound('No policy is associated with the given resource.');
const stale = {
  status: 412,
  code: 'PreconditionFailedException',
  body: {
    Type: 'User',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetResourcePolicy API to retrieve the latest Revision Id',
  },
};

suite('Resource policies', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const put = (ResourceArn: string, RevisionId?: string) =>
    lambdad.lambda.send(new PutResourcePolicyCommand({ ResourceArn, Policy: policyFor(ResourceArn), RevisionId }));
  const get = (ResourceArn: string) => lambdad.lambda.send(new GetResourcePolicyCommand({ ResourceArn }));
  const raw = (arn: string, request: Omit<ApiRequest, 'path'> = {}, query = '') =>
    apiRequest(lambdad.endpoint, {
      ...request,
      path: `/2026-07-09/resource-policy/${encodeURIComponent(arn)}${query}`,
    });

  test('a policy is put, shown by both operations that show policies, and deleted', async () => {
    const fn = await lambdad.function({ code: echo });
    const ResourceArn = arnOf(fn.name);
    const { $metadata, ...reply } = await put(ResourceArn);
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(reply, { Policy: policyFor(ResourceArn), RevisionId: reply.RevisionId });
    assert.match(reply.RevisionId ?? '', /^[0-9a-f-]{36}$/);
    const { $metadata: _, ...shown } = await get(ResourceArn);
    assert.deepEqual(shown, reply);
    const { $metadata: __, ...policy } = await lambdad.lambda.send(new GetPolicyCommand({ FunctionName: fn.name }));
    assert.deepEqual(policy, reply);
    const { RevisionId } = reply;
    const deleted = await lambdad.lambda.send(new DeleteResourcePolicyCommand({ ResourceArn, RevisionId }));
    assert.equal(deleted.$metadata.httpStatusCode, 204);
    assertRefused(await raw(ResourceArn), none);
    assertRefused(await raw(ResourceArn, { method: 'DELETE' }), none);
  });

  test('it replaces what AddPermission made', async () => {
    const fn = await lambdad.function({ code: echo });
    const permission = { Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', FunctionName: fn.name };
    await lambdad.lambda.send(new AddPermissionCommand({ ...permission, StatementId: 'before' }));
    await put(arnOf(fn.name));
    await lambdad.lambda.send(new AddPermissionCommand({ ...permission, StatementId: 'after' }));
    const { Statement } = JSON.parse((await get(arnOf(fn.name))).Policy ?? '') as { Statement: { Sid?: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ['others', undefined, 'after'],
    );
  });

  test('a version has a policy of its own', async () => {
    const fn = await lambdad.function({ code: echo });
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: fn.name }));
    const version = `${arnOf(fn.name)}:1`;
    assert.equal((await put(version)).Policy, policyFor(version));
    assertRefused(await raw(arnOf(fn.name)), none);
    assertRefused(await raw(`${arnOf(fn.name)}:2`), notFound(`Function not found: ${arnOf(fn.name)}:2`));
  });

  test('another RevisionId than the current one is refused', async () => {
    const fn = await lambdad.function({ code: echo });
    const ResourceArn = arnOf(fn.name);
    const first = await put(ResourceArn);
    await put(ResourceArn, first.RevisionId);
    const body = { Policy: policyFor(ResourceArn), RevisionId: first.RevisionId };
    assertRefused(await raw(ResourceArn, { method: 'PUT', body }), stale);
    assertRefused(await raw(ResourceArn, { method: 'DELETE' }, `?RevisionId=${first.RevisionId}`), stale);
  });

  test('what is no policy, and what is no resource of the caller, is refused', async () => {
    const fn = await lambdad.function({ code: echo });
    const ResourceArn = arnOf(fn.name);
    assertRefused(
      await raw(ResourceArn, { method: 'PUT', body: { Policy: '{' } }),
      invalidParameter('The provided policy is invalid. It is not valid JSON.'),
    );
    assertRefused(await raw(ResourceArn), none);
    assertRefused(await raw(arnOf('nobody')), notFound(`Function not found: ${arnOf('nobody')}`));
    const denied = { status: 403, code: 'AccessDeniedException', body: { Message: null } };
    assertRefused(await raw(ResourceArn, { account: '111111111111' }), denied);
    assertRefused(
      await raw(ResourceArn, { region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
    const malformed = await raw('not-an-arn');
    assert.deepEqual([malformed.status, malformed.errorType], [400, 'ValidationException']);
    const long = await raw(ResourceArn, { method: 'PUT', body: { Policy: ' '.repeat(20_481) } });
    assert.deepEqual([long.status, long.errorType], [400, 'ValidationException']);
  });
});
