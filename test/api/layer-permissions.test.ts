/** Permissions of layer versions through the real SDK. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddLayerVersionPermissionCommand,
  type AddLayerVersionPermissionCommandInput,
  CreateFunctionCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionPolicyCommand,
  type LambdaClient,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import {
  assertRefused,
  conflict,
  invalidParameter,
  notFound,
  type Refusal,
  validation,
  violation,
} from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:layer:${name}`;
const Action = 'lambda:GetLayerVersion';

suite('layer permissions', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let friend: LambdaClient;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf(echo);
    lambdad = await TestDaemon.start();
    friend = lambdad.client({ account: '111122223333' });
  });
  after(async () => {
    friend.destroy();
    await lambdad[Symbol.asyncDispose]();
  });

  const publish = (LayerName: string) =>
    lambdad.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: archive } }));
  const allow = (LayerName: string, more: Partial<AddLayerVersionPermissionCommandInput> = {}) =>
    lambdad.lambda.send(
      new AddLayerVersionPermissionCommand({
        LayerName,
        VersionNumber: 1,
        StatementId: 's',
        Action,
        Principal: '*',
        ...more,
      }),
    );
  const policyOf = (LayerName: string) =>
    lambdad.lambda.send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber: 1 }));
  const remove = (LayerName: string, more: { StatementId?: string; RevisionId?: string } = {}) =>
    lambdad.lambda.send(
      new RemoveLayerVersionPermissionCommand({ LayerName, VersionNumber: 1, StatementId: 's', ...more }),
    );

  test('a permission is answered with its statement, the policy has them all', async () => {
    await publish('shared');
    const { $metadata, ...first } = await allow('shared', { StatementId: 'account', Principal: '111122223333' });
    assert.equal($metadata.httpStatusCode, 201);
    assert.deepEqual(Object.keys(first).sort(), ['RevisionId', 'Statement']);
    const statement = {
      Sid: 'account',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action,
      Resource: `${arnOf('shared')}:1`,
    };
    assert.equal(first.Statement, JSON.stringify(statement));
    const second = await allow('shared', { OrganizationId: 'o-a1b2c3d4e5', RevisionId: first.RevisionId });
    const everybody = {
      Sid: 's',
      Effect: 'Allow',
      Principal: '*',
      Action,
      Resource: `${arnOf('shared')}:1`,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    };
    const { $metadata: read, ...policy } = await policyOf('shared');
    assert.equal(read.httpStatusCode, 200);
    assert.deepEqual(policy, {
      Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [statement, everybody] }),
      RevisionId: second.RevisionId,
    });
    const removed = await remove('shared', { StatementId: 'account' });
    assert.equal(removed.$metadata.httpStatusCode, 204);
    assert.deepEqual(JSON.parse((await policyOf('shared')).Policy ?? '').Statement, [everybody]);
  });

  test('another account uses a layer that it was given, until it is taken back', async () => {
    const layer = (await publish('lent')).LayerVersionArn ?? '';
    const read = () => friend.send(new GetLayerVersionByArnCommand({ Arn: layer }));
    const create = (FunctionName: string) =>
      friend.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: role,
          Code: { ZipFile: archive },
          Layers: [layer],
        }),
      );
    const denied = {
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111122223333:root is not authorized to perform: lambda:GetLayerVersion on resource: ${layer} because no resource-based policy allows the lambda:GetLayerVersion action`,
    };
    await assert.rejects(read(), denied);
    await assert.rejects(create('before'), denied);
    await allow('lent', { Principal: '111122223333' });
    assert.equal((await read()).LayerVersionArn, layer);
    assert.deepEqual((await create('between')).Layers, [{ Arn: layer, CodeSize: archive.length }]);
    await remove('lent');
    await assert.rejects(read(), denied);
    await assert.rejects(create('after'), denied);
  });

  test('a RevisionId that is not the newest is refused', async () => {
    await publish('revised');
    const { RevisionId = '' } = await allow('revised');
    await allow('revised', { StatementId: 't', RevisionId });
    const mismatch: Refusal = {
      status: 412,
      code: 'PreconditionFailedException',
      body: {
        Type: 'User',
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id',
      },
    };
    const path = '/2018-10-31/layers/revised/versions/1/policy';
    const body = { StatementId: 'u', Action, Principal: '*' };
    const query = `?RevisionId=${RevisionId}`;
    assertRefused(await apiRequest(lambdad.endpoint, { method: 'POST', path: path + query, body }), mismatch);
    assertRefused(await apiRequest(lambdad.endpoint, { method: 'DELETE', path: `${path}/s${query}` }), mismatch);
    await remove('revised', { RevisionId: (await policyOf('revised')).RevisionId ?? '' });
  });

  test('what is not there, there already or not allowed is refused', async () => {
    await publish('refusing');
    const path = '/2018-10-31/layers/refusing/versions/1/policy';
    const ask = (method: string, suffix = '', body?: object, version = 1) =>
      apiRequest(lambdad.endpoint, { method, path: path.replace('/1/', `/${version}/`) + suffix, body });
    const statement = { StatementId: 's', Action, Principal: '*' };
    const noPolicy = notFound('No policy is associated with the given resource.');
    assertRefused(await ask('GET'), noPolicy);
    assertRefused(await ask('DELETE', '/s'), noPolicy);
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['POST', '', statement],
      ['DELETE', '/s', undefined],
    ] as const) {
      assertRefused(
        await ask(method, suffix, body, 2),
        notFound(`Layer version ${arnOf('refusing')}:2 does not exist.`),
      );
      assertRefused(await ask(method, suffix, body, 0), invalidParameter('Layer Version Cannot be less than 1'));
    }
    assert.equal((await ask('POST', '', statement)).status, 201);
    assertRefused(
      await ask('POST', '', statement),
      conflict(
        'The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.',
      ),
    );
    assertRefused(await ask('DELETE', '/t'), notFound('Statement t is not found in resource policy.'));
    const pattern = (value: string, member: string, expression: string): Refusal =>
      validation(violation(value, member, `satisfy regular expression pattern: ${expression}`));
    assertRefused(
      await ask('POST', '', { ...statement, Action: 'lambda:Get' }),
      pattern('lambda:Get', 'action', 'lambda:GetLayerVersion'),
    );
    assertRefused(
      await ask('POST', '', { ...statement, StatementId: 's s' }),
      pattern('s s', 'statementId', '([a-zA-Z0-9-_]+)'),
    );
    assertRefused(
      await ask('POST', '', { ...statement, Principal: 'me' }),
      pattern('me', 'principal', '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root'),
    );
  });
});
