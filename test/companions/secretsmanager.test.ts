import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { TestDaemon } from '../kit/test-daemon.ts';

async function start() {
  const daemon = await TestDaemon.start();
  const { endpoint } = daemon;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  return {
    client,
    endpoint,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

const refusal = (name: string, message: string) => ({ name, message });

test('a secret is created, read by name and by ARN, and described', async () => {
  await using daemon = await start();
  const { client } = daemon;
  const Tags = [{ Key: 'team', Value: 'a' }];
  const made = await client.send(
    new CreateSecretCommand({ Name: 'app/db', SecretString: '{"password":"ü"}', Description: 'of the app', Tags }),
  );
  assert.match(made.ARN ?? '', /^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/db-[A-Za-z0-9]{6}$/);
  const withoutSuffix = made.ARN?.slice(0, -7) ?? '';
  for (const SecretId of ['app/db', made.ARN, withoutSuffix]) {
    const read = await client.send(new GetSecretValueCommand({ SecretId }));
    assert.equal(read.SecretString, '{"password":"ü"}');
    assert.deepEqual(read.VersionStages, ['AWSCURRENT']);
    assert.equal(read.VersionId, made.VersionId);
  }
  const described = await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  assert.equal(described.Description, 'of the app');
  assert.deepEqual(described.Tags, Tags);
  await assert.rejects(
    client.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'other' })),
    refusal('ResourceExistsException', 'The operation failed because the secret app/db already exists.'),
  );
});

test('bytes come back as bytes', async () => {
  await using daemon = await start();
  const SecretBinary = new Uint8Array([0, 1, 255]);
  await daemon.client.send(new CreateSecretCommand({ Name: 'key', SecretBinary }));
  const read = await daemon.client.send(new GetSecretValueCommand({ SecretId: 'key' }));
  assert.deepEqual(Buffer.from(read.SecretBinary ?? []), Buffer.from(SecretBinary));
  assert.equal(read.SecretString, undefined);
});

test('a new value is current and the one before it previous; labels can be moved back', async () => {
  await using daemon = await start();
  const { client } = daemon;
  const first = await client.send(new CreateSecretCommand({ Name: 's', SecretString: 'one' }));
  const second = await client.send(new PutSecretValueCommand({ SecretId: 's', SecretString: 'two' }));
  const value = async (VersionStage?: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: 's', VersionStage }))).SecretString;
  assert.deepEqual([await value(), await value('AWSPREVIOUS')], ['two', 'one']);
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: 's',
      VersionStage: 'AWSCURRENT',
      RemoveFromVersionId: second.VersionId,
      MoveToVersionId: first.VersionId,
    }),
  );
  assert.deepEqual([await value(), await value('AWSPREVIOUS')], ['one', 'two']);
  await client.send(new PutSecretValueCommand({ SecretId: 's', SecretString: 'three' }));
  const listed = await client.send(new ListSecretVersionIdsCommand({ SecretId: 's' }));
  assert.equal(listed.Versions?.length, 2, 'the second one has no label any more');
  await assert.rejects(
    value('nowhere'),
    refusal(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: nowhere",
    ),
  );
});

test('the same request again changes nothing, another value under its token is refused', async () => {
  await using daemon = await start();
  const { client } = daemon;
  const ClientRequestToken = '00000000-0000-4000-8000-000000000001';
  const request = { Name: 's', SecretString: 'one', ClientRequestToken };
  const once = await client.send(new CreateSecretCommand(request));
  const twice = await client.send(new CreateSecretCommand(request));
  assert.deepEqual([twice.ARN, twice.VersionId], [once.ARN, once.VersionId]);
  await assert.rejects(
    client.send(new PutSecretValueCommand({ SecretId: 's', SecretString: 'two', ClientRequestToken })),
    { name: 'ResourceExistsException' },
  );
});

test('a deletion is scheduled and can be taken back; a forced one is final', async () => {
  await using daemon = await start();
  const { client } = daemon;
  await client.send(new CreateSecretCommand({ Name: 's', SecretString: 'one' }));
  await client.send(new DeleteSecretCommand({ SecretId: 's', RecoveryWindowInDays: 7 }));
  const read = () => client.send(new GetSecretValueCommand({ SecretId: 's' }));
  await assert.rejects(
    read(),
    refusal(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    ),
  );
  assert.deepEqual((await client.send(new ListSecretsCommand({}))).SecretList, []);
  await client.send(new RestoreSecretCommand({ SecretId: 's' }));
  assert.equal((await read()).SecretString, 'one');
  await client.send(new DeleteSecretCommand({ SecretId: 's', ForceDeleteWithoutRecovery: true }));
  await assert.rejects(
    read(),
    refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
  );
});

test('secrets are listed page by page and by filter, in their own account and region only', async () => {
  await using daemon = await start();
  const { client } = daemon;
  for (const Name of ['a/1', 'a/2', 'b/1']) await client.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSecretsCommand({ MaxResults: 2, NextToken }));
    names.push(...(page.SecretList ?? []).map(({ Name = '' }) => Name));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  assert.deepEqual(names, ['a/1', 'a/2', 'b/1']);
  const filtered = await client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['a/'] }] }));
  assert.equal(filtered.SecretList?.length, 2);
  const elsewhere = new SecretsManagerClient({
    endpoint: daemon.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  assert.deepEqual((await elsewhere.send(new ListSecretsCommand({}))).SecretList, []);
  elsewhere.destroy();
});

test('a password has the kinds of characters that were asked for', async () => {
  await using daemon = await start();
  const { RandomPassword = '' } = await daemon.client.send(
    new GetRandomPasswordCommand({ PasswordLength: 20, ExcludePunctuation: true, ExcludeCharacters: 'abc' }),
  );
  assert.match(RandomPassword, /^[A-Zd-z0-9]{20}$/);
  assert.match(RandomPassword, /[A-Z].*/);
  assert.match(RandomPassword, /[0-9]/);
});

test('an operation that is not served says so by its name', async () => {
  await using daemon = await start();
  await assert.rejects(daemon.client.send(new RotateSecretCommand({ SecretId: 's' })), (error: Error) => {
    assert.match(error.message, /RotateSecret/);
    return true;
  });
});
