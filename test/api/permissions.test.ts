/** Permissions of functions, versions and aliases. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { type ApiRequest, apiRequest } from '../kit/api-request.ts';
import { assertRefused, conflict, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const absent = notFound('The resource you requested does not exist.');
const fromBucket = { StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' };
const stale = {
  status: 412,
  code: 'PreconditionFailedException',
  body: {
    Type: 'User',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
  },
};

suite('Permissions', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const add = (FunctionName: string, more: Partial<AddPermissionCommandInput> = {}) =>
    lambdad.lambda.send(new AddPermissionCommand({ FunctionName, ...fromBucket, ...more }));
  const get = (FunctionName: string, Qualifier?: string) =>
    lambdad.lambda.send(new GetPolicyCommand({ FunctionName, Qualifier }));
  const policy = (name: string, request: Omit<ApiRequest, 'path'> = {}, rest = '') =>
    apiRequest(lambdad.endpoint, {
      ...request,
      path: `/2015-03-31/functions/${encodeURIComponent(name)}/policy${rest}`,
    });
  const refusedAdd = (name: string, body: object, query = '') =>
    policy(name, { method: 'POST', body: { ...fromBucket, ...body } }, query);
  const remove = (name: string, id: string, query = '') => policy(name, { method: 'DELETE' }, `/${id}${query}`);

  test('a permission is added, shown as part of the policy, and removed', async () => {
    const fn = await lambdad.function({ code: echo });
    const { $metadata, ...added } = await add(fn.name, {
      SourceArn: 'arn:aws:s3:::bucket',
      SourceAccount: '123456789012',
    });
    assert.equal($metadata.httpStatusCode, 201);
    const statement = `{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${arnOf(fn.name)}","Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}}`;
    assert.deepEqual(added, { Statement: statement });
    const { $metadata: shown, RevisionId, ...got } = await get(fn.name);
    assert.equal(shown.httpStatusCode, 200);
    assert.deepEqual(got, { Policy: `{"Version":"2012-10-17","Id":"default","Statement":[${statement}]}` });
    assert.match(RevisionId ?? '', /^[0-9a-f-]{36}$/);
    const removed = await lambdad.lambda.send(
      new RemovePermissionCommand({ FunctionName: fn.name, StatementId: 's3', RevisionId }),
    );
    assert.equal(removed.$metadata.httpStatusCode, 204);
    assertRefused(await policy(fn.name), absent);
  });

  test('every condition has its operator and key', async () => {
    const fn = await lambdad.function({ code: echo });
    const conditions: readonly [Partial<AddPermissionCommandInput>, object | undefined][] = [
      [{}, undefined],
      [{ SourceArn: 'arn:aws:s3:::b' }, { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::b' } }],
      [{ SourceAccount: '123456789012' }, { StringEquals: { 'AWS:SourceAccount': '123456789012' } }],
      [{ EventSourceToken: 'a.b-c_1' }, { StringEquals: { 'lambda:EventSourceToken': 'a.b-c_1' } }],
      [{ Principal: '*', PrincipalOrgID: 'o-1234567890' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }],
      [
        { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' },
        { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      ],
      [{ Principal: '*', InvokedViaFunctionUrl: true }, { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }],
    ];
    for (const [index, [input, condition]] of conditions.entries()) {
      const { Statement } = await add(fn.name, { ...input, StatementId: `s${index}` });
      assert.deepEqual(JSON.parse(Statement ?? '').Condition, condition);
    }
  });

  test('each qualifier has a policy of its own, and statements name it', async () => {
    const fn = await lambdad.function({ code: echo });
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: fn.name }));
    await lambdad.lambda.send(new CreateAliasCommand({ FunctionName: fn.name, Name: 'live', FunctionVersion: '1' }));
    for (const Qualifier of ['1', 'live']) {
      await add(fn.name, { Qualifier });
      const { Policy } = await get(fn.name, Qualifier);
      assert.equal(JSON.parse(Policy ?? '').Statement[0].Resource, `${arnOf(fn.name)}:${Qualifier}`);
    }
    assert.equal((await get(`${fn.name}:live`)).Policy, (await get(fn.name, 'live')).Policy);
    assertRefused(await policy(fn.name), absent);
    assertRefused(
      await refusedAdd(fn.name, {}, '?Qualifier=$LATEST'),
      invalidParameter('We currently do not support adding policies for $LATEST.'),
    );
    assertRefused(await refusedAdd(fn.name, {}, '?Qualifier=7'), notFound(`Function not found: ${arnOf(fn.name)}:7`));
    assertRefused(
      await refusedAdd(fn.name, {}, '?Qualifier=none'),
      notFound(`Cannot find alias arn: ${arnOf(fn.name)}:none`),
    );
  });

  test('what is not there is said in the words of each operation', async () => {
    assertRefused(await refusedAdd('nobody', {}), notFound(`Function not found: ${arnOf('nobody')}`));
    assertRefused(await policy('nobody'), absent);
    assertRefused(await remove('nobody', 's3'), notFound(`No policy found for: ${arnOf('nobody')}`));
    const fn = await lambdad.function({ code: echo });
    assertRefused(await policy(fn.name), absent);
    assertRefused(await remove(fn.name, 's3'), notFound('No policy is associated with the given resource.'));
    await add(fn.name);
    assertRefused(await remove(fn.name, 'sns'), notFound('Statement sns is not found in resource policy.'));
  });

  test('a statement id is used once', async () => {
    const fn = await lambdad.function({ code: echo });
    await add(fn.name);
    assertRefused(
      await refusedAdd(fn.name, {}),
      conflict(
        'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
      ),
    );
  });

  test('the RevisionId to give is that of the policy, which is not that of the function', async () => {
    const fn = await lambdad.function({ code: echo });
    const revision = async () =>
      (await lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name }))).RevisionId;
    const ofFunction = await revision();
    assertRefused(await refusedAdd(fn.name, { RevisionId: ofFunction }), stale);
    await add(fn.name);
    assert.equal(await revision(), ofFunction);
    assertRefused(await refusedAdd(fn.name, { StatementId: 'two', RevisionId: ofFunction }), stale);
    assertRefused(await remove(fn.name, 's3', `?RevisionId=${ofFunction}`), stale);
    await add(fn.name, { StatementId: 'two', RevisionId: (await get(fn.name)).RevisionId });
  });

  test('principals, actions and ids of no valid form are refused', async () => {
    const fn = await lambdad.function({ code: echo });
    assertRefused(
      await refusedAdd(fn.name, { Principal: 'invalid.nonaws.com' }),
      invalidParameter('The provided principal was invalid. Please check the principal and try again.'),
    );
    assertRefused(
      await refusedAdd(fn.name, { StatementId: 'a.b' }),
      validation(violation('a.b', 'statementId', 'satisfy regular expression pattern: ([a-zA-Z0-9-_]+)')),
    );
    assertRefused(
      await refusedAdd(fn.name, { Action: 's3:GetObject' }),
      validation(
        violation('s3:GetObject', 'action', 'satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])'),
      ),
    );
    assertRefused(
      await refusedAdd(fn.name, {}, '?Qualifier=in!valid'),
      validation(
        violation(
          'in!valid',
          'qualifier',
          String.raw`satisfy regular expression pattern: \$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
        ),
      ),
    );
  });

  test('a policy longer than 20480 characters is refused and the former kept', async () => {
    const fn = await lambdad.function({ code: echo });
    const SourceArn = `arn:aws:s3:::${'x'.repeat(9_900)}`;
    await add(fn.name, { SourceArn });
    await add(fn.name, { StatementId: 'two', SourceArn });
    const before = await get(fn.name);
    const answer = await refusedAdd(fn.name, { StatementId: 'three', SourceArn });
    const { message } = answer.json as { message: string };
    assert.match(message, /^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/);
    assertRefused(answer, { status: 400, code: 'PolicyLengthExceededException', body: { Type: 'User', message } });
    assert.deepEqual((await get(fn.name)).RevisionId, before.RevisionId);
  });

  test('other accounts and regions are out of reach', async () => {
    const fn = await lambdad.function({ code: echo });
    await add(fn.name);
    const denied = { status: 403, code: 'AccessDeniedException', body: { Message: null } };
    assertRefused(await policy(arnOf(fn.name), { account: '111111111111' }), denied);
    assertRefused(await policy(fn.name, { account: '111111111111' }), absent);
    assertRefused(
      await policy(arnOf(fn.name), { region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
  });

  test('a policy goes with its function', async () => {
    const fn = await lambdad.function({ FunctionName: 'again', code: echo });
    await add(fn.name);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name }));
    assertRefused(await policy(fn.name), absent);
    await lambdad.function({ FunctionName: 'again', code: echo });
    assertRefused(await policy(fn.name), absent);
  });
});
