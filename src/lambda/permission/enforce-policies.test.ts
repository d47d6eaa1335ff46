import assert from 'node:assert/strict';
import test from 'node:test';
import type { Call, RequestId } from '../../aws/call.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { notYet, type OperationTable } from '../../aws/operation-table.ts';
import { accountId, region, type Scope, scopeOf } from '../../aws/scope.ts';
import { arn, fails, openTestControlPlane, scope } from '../control-plane.fixture.ts';
import { enforcePolicies } from './enforce-policies.ts';
import { mayUseUrl } from './function-url-access.ts';

const stranger = scopeOf(accountId('111111111111'), region('us-east-1'));

/** The operations of a control plane, with Invoke pretended, behind its policies. */
function enforced(it: ReturnType<typeof openTestControlPlane>) {
  const invoked: { readonly scope: Scope; readonly functionName: string }[] = [];
  const table: OperationTable<LambdaOperations> = {
    ...it.controlPlane.operations,
    Invoke: (input, call) => {
      invoked.push({ scope: call.scope, functionName: input.FunctionName });
      return { StatusCode: 200 };
    },
    InvokeAsync: notYet,
    InvokeWithResponseStream: notYet,
  };
  const operations = enforcePolicies(table, it.controlPlane.policies);
  const call = (from: Scope): Call => ({
    scope: from,
    requestId: 'r' as RequestId,
    signal: new AbortController().signal,
    traceHeader: undefined,
  });
  return {
    operations,
    invoked,
    run: async <Name extends 'Invoke' | 'GetFunctionConfiguration' | 'ListTags' | 'UpdateFunctionConfiguration'>(
      name: Name,
      input: LambdaOperations[Name]['input'],
      from: Scope = stranger,
    ) => {
      const operation = operations[name];
      assert.ok(operation !== notYet);
      return operation(input, call(from));
    },
  };
}

const refused = (action: string, resource: string, reason?: string) =>
  fails(
    'AccessDeniedException',
    `User: arn:aws:iam::111111111111:root is not authorized to perform: ${action} on resource: ${resource} ${reason ?? `because no resource-based policy allows the ${action} action`}`,
  );

test('another account may do what the policy of the function allows, and nothing else', async () => {
  await using it = openTestControlPlane();
  const { run, invoked } = enforced(it);
  await it.create('f');
  const invocation = { FunctionName: arn('f') };
  await assert.rejects(run('Invoke', invocation), refused('lambda:InvokeFunction', arn('f')));
  const grant = { FunctionName: 'f', StatementId: 'x', Principal: '111111111111' };
  await it.operations.AddPermission({ ...grant, Action: 'lambda:InvokeFunction' });
  await run('Invoke', invocation);
  assert.deepEqual(invoked, [{ scope, functionName: arn('f') }]);
  await assert.rejects(
    run('GetFunctionConfiguration', invocation),
    refused('lambda:GetFunctionConfiguration', arn('f')),
  );
  await it.operations.AddPermission({ ...grant, StatementId: 'y', Action: 'lambda:*' });
  assert.equal((await run('GetFunctionConfiguration', invocation)).FunctionArn, arn('f'));
  assert.deepEqual(await run('ListTags', { Resource: arn('f') }), { Tags: {} });
  // Not among those that a policy can grant.
  await assert.rejects(run('UpdateFunctionConfiguration', invocation), fails('AccessDeniedException', ''));
});

test('a permission for an alias is one for its ARN only, a wildcard in the policy of the function reaches it', async () => {
  await using it = openTestControlPlane();
  const { run } = enforced(it);
  await it.create('f');
  await it.operations.PublishVersion({ FunctionName: 'f' });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  await it.operations.AddPermission({
    FunctionName: 'f:live',
    StatementId: 'x',
    Principal: '111111111111',
    Action: 'lambda:InvokeFunction',
  });
  await run('Invoke', { FunctionName: `${arn('f')}:live` });
  await run('Invoke', { FunctionName: arn('f'), Qualifier: 'live' });
  await assert.rejects(run('Invoke', { FunctionName: arn('f') }), refused('lambda:InvokeFunction', arn('f')));
  const one = { FunctionName: `${arn('f')}:1` };
  await assert.rejects(run('Invoke', one), refused('lambda:InvokeFunction', `${arn('f')}:1`));
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '111111111111' },
    Action: 'lambda:InvokeFunction',
    Resource: `${arn('f')}:*`,
  };
  await it.operations.PutResourcePolicy({
    ResourceArn: arn('f'),
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
  });
  await run('Invoke', one);
});

test('the owner needs no policy, and one that denies holds for the owner too', async () => {
  await using it = openTestControlPlane();
  const { run, invoked } = enforced(it);
  await it.create('f');
  await run('Invoke', { FunctionName: 'f' }, scope);
  await run('Invoke', { FunctionName: arn('f') }, scope);
  assert.equal(invoked.length, 2);
  await it.operations.PutResourcePolicy({
    ResourceArn: arn('f'),
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: 'lambda:Invoke*', Resource: '*' },
      ],
    }),
  });
  await assert.rejects(run('Invoke', { FunctionName: 'f' }, scope), fails('AccessDeniedException', /explicit deny/));
  await assert.rejects(
    run('Invoke', { FunctionName: arn('f') }),
    refused('lambda:InvokeFunction', arn('f'), 'with an explicit deny in a resource-based policy'),
  );
});

test('what no policy can be about is left to the operation to refuse', async () => {
  await using it = openTestControlPlane();
  const { run } = enforced(it);
  const elsewhere = scopeOf(accountId('000000000000'), region('eu-west-1'));
  await assert.rejects(
    run('GetFunctionConfiguration', { FunctionName: arn('f') }, elsewhere),
    fails('ResourceNotFoundException', /not reachable in this region/),
  );
  await assert.rejects(
    run('ListTags', { Resource: 'arn:aws:lambda:us-east-1:000000000000:layer:l' }),
    fails('InvalidParameterValueException', /Unsupported resource type/),
  );
  await assert.rejects(
    run('GetFunctionConfiguration', { FunctionName: 'f' }),
    fails('ResourceNotFoundException', 'Function not found: arn:aws:lambda:us-east-1:111111111111:function:f'),
  );
});

test('a URL for everyone needs both permissions for everyone', async () => {
  await using it = openTestControlPlane();
  const { policies } = it.controlPlane;
  await it.create('f');
  const url = { scope, functionName: 'f', qualifier: undefined, authType: 'NONE' } as const;
  const everyone = { FunctionName: 'f', Principal: '*' };
  const may = (): boolean => mayUseUrl(policies, url, undefined);
  assert.equal(may(), false);
  const viaUrl = { ...everyone, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' } as const;
  await it.operations.AddPermission({ ...viaUrl, StatementId: 'url' });
  assert.equal(may(), false);
  await it.operations.AddPermission({
    ...everyone,
    StatementId: 'invoke',
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
  assert.equal(may(), true);
  await it.operations.RemovePermission({ FunctionName: 'f', StatementId: 'url' });
  await it.operations.AddPermission({ ...viaUrl, StatementId: 'url', FunctionUrlAuthType: 'AWS_IAM' });
  assert.equal(may(), false);
});

test('a URL for signed requests is open to its own account, and to others as the policy says', async () => {
  await using it = openTestControlPlane();
  const { policies } = it.controlPlane;
  await it.create('f');
  const url = { scope, functionName: 'f', qualifier: undefined, authType: 'AWS_IAM' } as const;
  assert.equal(mayUseUrl(policies, url, scope), true);
  assert.equal(mayUseUrl(policies, url, stranger), false);
  for (const action of ['InvokeFunction', 'InvokeFunctionUrl']) {
    await it.operations.AddPermission({
      FunctionName: 'f',
      StatementId: action,
      Principal: '111111111111',
      Action: `lambda:${action}`,
    });
  }
  assert.equal(mayUseUrl(policies, url, stranger), true);
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }];
  await it.operations.PutResourcePolicy({ ResourceArn: arn('f'), Policy: JSON.stringify({ Statement }) });
  assert.equal(mayUseUrl(policies, url, scope), false);
});
