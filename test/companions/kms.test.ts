import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

test('what a key encrypts it decrypts, with the same context only', async () => {
  await using daemon = await TestDaemon.start();
  const kms = new KMSClient(clientOptions(daemon.endpoint));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'mine' }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const EncryptionContext = { purpose: 'test', a: 'b' };
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId, Plaintext: Buffer.from('hello'), EncryptionContext }),
  );
  const same = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b', purpose: 'test' } }));
  assert.deepEqual([text(same.Plaintext), same.KeyId], ['hello', KeyMetadata?.Arn]);
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob })), { name: 'InvalidCiphertextException' });
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from('nonsense') })), {
    name: 'InvalidCiphertextException',
  });
  const again = await kms.send(
    new ReEncryptCommand({
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: 'alias/aws/ssm',
    }),
  );
  const moved = await kms.send(new DecryptCommand({ CiphertextBlob: again.CiphertextBlob }));
  assert.equal(text(moved.Plaintext), 'hello');
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob: again.CiphertextBlob, KeyId })), {
    name: 'IncorrectKeyException',
  });
  kms.destroy();
});

test('a key is found by its aliases, and a data key of it can be had back', async () => {
  await using daemon = await TestDaemon.start();
  const kms = new KMSClient(clientOptions(daemon.endpoint));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags: [{ TagKey: 'k', TagValue: 'v' }] }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: KeyId }));
  const { KeyMetadata: found } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/app' }));
  assert.equal(found?.KeyId, KeyId);
  const data = await kms.send(new GenerateDataKeyCommand({ KeyId: 'alias/app', KeySpec: 'AES_256' }));
  assert.equal(data.Plaintext?.length, 32);
  const back = await kms.send(new DecryptCommand({ CiphertextBlob: data.CiphertextBlob }));
  assert.deepEqual(back.Plaintext, data.Plaintext);
  const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId }));
  assert.deepEqual(
    Aliases?.map(({ AliasName }) => AliasName),
    ['alias/app'],
  );
  await assert.rejects(kms.send(new CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: KeyId })), {
    name: 'AlreadyExistsException',
    message: 'An alias with the name arn:aws:kms:us-east-1:000000000000:alias/app already exists',
  });
  const tags = await kms.send(new ListResourceTagsCommand({ KeyId }));
  assert.deepEqual(tags.Tags, [{ TagKey: 'k', TagValue: 'v' }]);
  assert.match((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy ?? '', /kms:\*/);
  assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled, false);
  const grant = { KeyId, GranteePrincipal: 'arn:aws:iam::000000000000:role/r', Operations: ['Decrypt' as const] };
  const { GrantId } = await kms.send(new CreateGrantCommand(grant));
  assert.deepEqual(
    (await kms.send(new ListGrantsCommand({ KeyId }))).Grants?.map((each) => each.GrantId),
    [GrantId],
  );
  kms.destroy();
});

test('a key that is disabled, to be deleted or not there is refused by name', async () => {
  await using daemon = await TestDaemon.start();
  const kms = new KMSClient(clientOptions(daemon.endpoint));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const encrypt = (id: string) => kms.send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('x') }));
  await kms.send(new DisableKeyCommand({ KeyId }));
  await assert.rejects(encrypt(KeyId), { name: 'DisabledException', message: `${KeyMetadata?.Arn} is disabled.` });
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  await assert.rejects(encrypt(KeyId), { message: `${KeyMetadata?.Arn} is pending deletion.` });
  await assert.rejects(encrypt('alias/none'), {
    name: 'NotFoundException',
    message: 'Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.',
  });
  await assert.rejects(kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048' })), {
    name: 'UnsupportedOperationException',
  });
  assert.deepEqual(
    (await kms.send(new ListKeysCommand({}))).Keys?.map((key) => key.KeyId),
    [KeyId],
  );
  kms.destroy();
});
