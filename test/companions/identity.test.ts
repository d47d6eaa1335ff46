import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const document = JSON.stringify({ Version: '2012-10-17', Statement: [] });

async function start() {
  const daemon = await TestDaemon.start();
  const iam = new IAMClient(clientOptions(daemon.endpoint));
  return {
    iam,
    endpoint: daemon.endpoint,
    lambda: daemon,
    async [Symbol.asyncDispose]() {
      iam.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

test('a role lives through what Terraform does with it', async () => {
  await using daemon = await start();
  const { iam } = daemon;
  const RoleName = 'lambda-role';
  const Tags = [{ Key: 'a', Value: 'b' }];
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, Path: '/app/', AssumeRolePolicyDocument: trust, Description: 'of it', Tags }),
  );
  assert.equal(Role?.Arn, 'arn:aws:iam::000000000000:role/app/lambda-role');
  assert.match(Role.RoleId ?? '', /^AROA[A-Z0-9]{17}$/);
  const { Role: read } = await iam.send(new GetRoleCommand({ RoleName }));
  assert.equal(decodeURIComponent(read?.AssumeRolePolicyDocument ?? ''), trust);
  assert.deepEqual([read?.Tags, read?.MaxSessionDuration], [Tags, 3600]);
  await assert.rejects(iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust })), {
    name: 'EntityAlreadyExistsException',
    message: 'Role with name lambda-role already exists.',
  });

  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: document }));
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  assert.deepEqual(attached.AttachedPolicies, [{ PolicyArn, PolicyName: 'AWSLambdaBasicExecutionRole' }]);
  assert.deepEqual((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames, ['own']);
  const own = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'own' }));
  assert.equal(decodeURIComponent(own.PolicyDocument ?? ''), document);

  const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));
  await assert.rejects(remove(), { message: 'Cannot delete entity, must detach all policies first.' });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await assert.rejects(remove(), { message: 'Cannot delete entity, must delete policies first.' });
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' }));
  await remove();
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName })), {
    name: 'NoSuchEntityException',
    message: 'The role with name lambda-role cannot be found.',
  });
});

test('a policy has versions and is not deleted while it is attached', async () => {
  await using daemon = await start();
  const { iam } = daemon;
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: document }));
  const PolicyArn = Policy?.Arn ?? '';
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: trust, SetAsDefault: true }));
  const read = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.equal(read.Policy?.DefaultVersionId, 'v2');
  const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  assert.equal(decodeURIComponent(version.PolicyVersion?.Document ?? ''), trust);
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
  await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn })), {
    name: 'DeleteConflictException',
    message: 'Cannot delete a policy attached to entities.',
  });
  await assert.rejects(iam.send(new CreatePolicyCommand({ PolicyName: 'q', PolicyDocument: '{' })), {
    name: 'MalformedPolicyDocumentException',
  });
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'i' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'i', RoleName: 'r' }));
  const profile = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'i' }));
  assert.deepEqual(
    profile.InstanceProfile?.Roles?.map(({ RoleName }) => RoleName),
    ['r'],
  );
});

test('roles are listed page by page, in their own account only, in every region', async () => {
  await using daemon = await start();
  const { iam } = daemon;
  for (const RoleName of ['a', 'b', 'c']) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  }
  const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
  const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));
  const names = [...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName);
  assert.deepEqual([names, first.IsTruncated, second.IsTruncated], [['a', 'b', 'c'], true, false]);
  const elsewhere = new IAMClient(clientOptions(daemon.endpoint, { region: 'eu-west-1' }));
  assert.equal((await elsewhere.send(new ListRolesCommand({}))).Roles?.length, 3);
  const other = new IAMClient(clientOptions(daemon.endpoint, { account: '111111111111' }));
  assert.deepEqual((await other.send(new ListRolesCommand({}))).Roles, []);
  await assert.rejects(
    iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: 'arn:aws:iam::000000000000:role/a',
        ActionNames: ['s3:Get'],
      }),
    ),
    /SimulatePrincipalPolicy/,
  );
  elsewhere.destroy();
  other.destroy();
});

test('the credentials of an assumed role act in its account and are recognised everywhere', async () => {
  await using daemon = await start();
  const sts = new STSClient(clientOptions(daemon.endpoint));
  assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, 'arn:aws:iam::000000000000:root');
  const assumed = await sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::222222222222:role/deploy', RoleSessionName: 'me' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = assumed.Credentials ?? {};
  assert.ok(Expiration instanceof Date);
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const asRole = new STSClient({ ...clientOptions(daemon.endpoint), credentials });
  const identity = await asRole.send(new GetCallerIdentityCommand({}));
  assert.deepEqual(
    [identity.Account, identity.Arn],
    ['222222222222', 'arn:aws:sts::222222222222:assumed-role/deploy/me'],
  );
  assert.equal(identity.UserId, assumed.AssumedRoleUser?.AssumedRoleId);
  const secrets = new SecretsManagerClient({ ...clientOptions(daemon.endpoint), credentials });
  assert.deepEqual((await secrets.send(new ListSecretsCommand({}))).SecretList, []);
  await assert.rejects(
    sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:s3:::no-role-at-all', RoleSessionName: 'me' })),
    {
      name: 'ValidationError',
      message: 'arn:aws:s3:::no-role-at-all is invalid',
    },
  );
  for (const client of [sts, asRole, secrets]) client.destroy();
});

test('a user signs with the keys that it is given', async () => {
  await using daemon = await start();
  const { iam } = daemon;
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  const sts = new STSClient({ ...clientOptions(daemon.endpoint), credentials });
  const { $metadata: _metadata, ...identity } = await sts.send(new GetCallerIdentityCommand({}));
  assert.deepEqual(identity, {
    UserId: User?.UserId,
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/ann',
  });
  assert.equal((await iam.send(new GetUserCommand({}))).User?.Arn, 'arn:aws:iam::000000000000:root');
  sts.destroy();
});
