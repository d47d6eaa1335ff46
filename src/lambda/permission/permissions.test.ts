import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { arn, fails, openTestControlPlane } from '../control-plane.fixture.ts';

const statement = {
  FunctionName: 'f',
  StatementId: 's3',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
} as const;
const notFound = (message: string) => fails('ResourceNotFoundException', message);
const stale = fails(
  'PreconditionFailedException',
  'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
);

test('statements have the form and the order of members that AWS gives them', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const { Statement } = await it.operations.AddPermission({
    ...statement,
    SourceArn: 'arn:aws:s3:::bucket',
    SourceAccount: '123456789012',
    EventSourceToken: 'token',
    PrincipalOrgID: 'o-1234567890',
    InvokedViaFunctionUrl: true,
  });
  assert.equal(
    Statement,
    `{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${arn('f')}","Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012","lambda:EventSourceToken":"token","aws:PrincipalOrgID":"o-1234567890"},"Bool":{"lambda:InvokedViaFunctionUrl":"true"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}}`,
  );
  const { Policy } = await it.operations.GetPolicy({ FunctionName: 'f' });
  assert.equal(Policy, `{"Version":"2012-10-17","Id":"default","Statement":[${Statement}]}`);
});

test('a principal becomes an element of the policy, in the partition of the region', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const given: readonly [string, unknown][] = [
    ['*', '*'],
    ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }],
    ['arn:aws:iam::123456789012:role/path/admin', { AWS: 'arn:aws:iam::123456789012:role/path/admin' }],
    ['arn:aws:sts::123456789012:assumed-role/a/b', { AWS: 'arn:aws:sts::123456789012:assumed-role/a/b' }],
    ['logs.eu-west-1.amazonaws.com', { Service: 'logs.eu-west-1.amazonaws.com' }],
    ['alexa-appkit.amazon.com', { Service: 'alexa-appkit.amazon.com' }],
  ];
  for (const [index, [Principal, element]] of given.entries()) {
    const { Statement } = await it.operations.AddPermission({ ...statement, StatementId: `s${index}`, Principal });
    assert.deepEqual(JSON.parse(Statement ?? '').Principal, element);
  }
  const invalid = fails(
    'InvalidParameterValueException',
    'The provided principal was invalid. Please check the principal and try again.',
  );
  for (const Principal of [
    's3',
    '12345678901',
    'invalid.nonaws.com',
    'arn:aws:s3:::bucket',
    'arn:aws:iam::1:root',
    'a.b',
  ]) {
    await assert.rejects(it.operations.AddPermission({ ...statement, Principal }), invalid, Principal);
  }
});

test('conditions on function URLs go with one action each', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await assert.rejects(
    it.operations.AddPermission({ ...statement, FunctionUrlAuthType: 'NONE' }),
    fails(
      'InvalidParameterValueException',
      'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action',
    ),
  );
  await assert.rejects(
    it.operations.AddPermission({ ...statement, Action: 'lambda:InvokeFunctionUrl', InvokedViaFunctionUrl: true }),
    fails('InvalidParameterValueException', 'InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action'),
  );
});

test('each qualifier has a policy of its own, and $LATEST none', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await it.operations.PublishVersion({ FunctionName: 'f' });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  for (const Qualifier of [undefined, '1', 'live']) {
    const { Statement } = await it.operations.AddPermission({ ...statement, Qualifier });
    const resource = Qualifier === undefined ? arn('f') : `${arn('f')}:${Qualifier}`;
    assert.equal(JSON.parse(Statement ?? '').Resource, resource);
    const { Policy } = await it.operations.GetPolicy({ FunctionName: 'f', Qualifier });
    assert.deepEqual(JSON.parse(Policy ?? '').Statement, [JSON.parse(Statement ?? '')]);
  }
  await assert.rejects(
    it.operations.AddPermission({ ...statement, Qualifier: '$LATEST' }),
    fails('InvalidParameterValueException', 'We currently do not support adding policies for $LATEST.'),
  );
  await assert.rejects(
    it.operations.AddPermission({ ...statement, Qualifier: '2' }),
    notFound(`Function not found: ${arn('f')}:2`),
  );
  await assert.rejects(
    it.operations.AddPermission({ ...statement, Qualifier: 'none' }),
    notFound(`Cannot find alias arn: ${arn('f')}:none`),
  );
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  await assert.rejects(it.operations.GetPolicy({ FunctionName: 'f', Qualifier: 'live' }), notFound(absent));
});

const absent = 'The resource you requested does not exist.';

test('a policy goes with its last statement and with its function', async () => {
  await using it = openTestControlPlane();
  const get = () => it.operations.GetPolicy({ FunctionName: 'f' });
  const remove = (StatementId: string, RevisionId?: string) =>
    it.operations.RemovePermission({ FunctionName: 'f', StatementId, RevisionId });
  await assert.rejects(get(), notFound(absent));
  await assert.rejects(it.operations.AddPermission(statement), notFound(`Function not found: ${arn('f')}`));
  await assert.rejects(remove('s3'), notFound(`No policy found for: ${arn('f')}`));
  await it.create('f');
  await assert.rejects(get(), notFound(absent));
  await assert.rejects(remove('s3'), notFound('No policy is associated with the given resource.'));
  await it.operations.AddPermission(statement);
  await it.operations.AddPermission({ ...statement, StatementId: 'sns' });
  await assert.rejects(remove('x'), notFound('Statement x is not found in resource policy.'));
  await remove('s3');
  assert.equal(JSON.parse((await get()).Policy ?? '').Statement.length, 1);
  await remove('sns', (await get()).RevisionId);
  await assert.rejects(get(), notFound(absent));
  await it.operations.AddPermission(statement);
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  await it.create('f');
  await assert.rejects(get(), notFound(absent));
});

test('a statement id is used once, and the RevisionId is that of the policy', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const { RevisionId: ofFunction } = await it.operations.GetFunctionConfiguration({ FunctionName: 'f' });
  await assert.rejects(it.operations.AddPermission({ ...statement, RevisionId: ofFunction }), stale);
  await it.operations.AddPermission(statement);
  await assert.rejects(
    it.operations.AddPermission(statement),
    fails(
      'ResourceConflictException',
      'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
    ),
  );
  const first = await it.operations.GetPolicy({ FunctionName: 'f' });
  await it.operations.AddPermission({ ...statement, StatementId: 'two', RevisionId: first.RevisionId });
  await assert.rejects(
    it.operations.RemovePermission({ FunctionName: 'f', StatementId: 'two', RevisionId: first.RevisionId }),
    stale,
  );
  const second = await it.operations.GetPolicy({ FunctionName: 'f' });
  assert.notEqual(second.RevisionId, first.RevisionId);
  const after = await it.operations.GetFunctionConfiguration({ FunctionName: 'f' });
  assert.equal(after.RevisionId, ofFunction);
});

test('a policy may have 20480 characters', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const add = (index: number, padding: number) =>
    it.operations.AddPermission({
      ...statement,
      StatementId: `s${index}`,
      SourceArn: `arn:aws:s3:::${'x'.repeat(padding)}`,
    });
  await add(1, 9_000);
  await add(2, 9_000);
  await assert.rejects(
    add(3, 3_000),
    fails('PolicyLengthExceededException', /^The final policy size \(\d{5}\) is bigger than the limit \(20480\)\.$/),
  );
  assert.equal(JSON.parse((await it.operations.GetPolicy({ FunctionName: 'f' })).Policy ?? '').Statement.length, 2);
});

test('functions of other accounts and regions are out of reach', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const stranger = scopeOf(accountId('111111111111'), region('us-east-1'));
  const elsewhere = scopeOf(accountId('000000000000'), region('eu-west-1'));
  const named = { ...statement, FunctionName: arn('f') };
  for (const call of [it.operations.AddPermission, it.operations.GetPolicy, it.operations.RemovePermission]) {
    await assert.rejects(call(named, stranger), fails('AccessDeniedException', ''));
    await assert.rejects(
      call(named, elsewhere),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
  }
});
