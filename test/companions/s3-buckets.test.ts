import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteBucketTaggingCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
const european = s3Client(daemon, { region: 'eu-west-1' });
after(async () => {
  client.destroy();
  european.destroy();
  await daemon[Symbol.asyncDispose]();
});

suite('a bucket', () => {
  test('is where it was made', async () => {
    const made = await client.send(new CreateBucketCommand({ Bucket: 'first' }));
    assert.deepEqual([made.Location, made.BucketArn], ['/first', 'arn:aws:s3:::first']);
    await european.send(
      new CreateBucketCommand({ Bucket: 'second', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    const location = async (Bucket: string) =>
      (await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint;
    assert.equal(await location('first'), undefined);
    assert.equal(await location('second'), 'eu-west-1');
    assert.equal((await client.send(new HeadBucketCommand({ Bucket: 'second' }))).BucketRegion, 'eu-west-1');
    const all = await client.send(new ListBucketsCommand({ Prefix: 's' }));
    assert.deepEqual(
      all.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
      [['second', 'eu-west-1']],
    );
    assert.ok(all.Owner?.ID);
    const page = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
    const next = await client.send(
      new ListBucketsCommand({ MaxBuckets: 1, ContinuationToken: page.ContinuationToken }),
    );
    assert.notEqual(page.Buckets?.[0]?.Name, next.Buckets?.[0]?.Name);
  });

  test('is made in the region that the request is for', async () => {
    const make = (region: string, constraint?: string) => {
      const from = region === 'eu-west-1' ? european : client;
      const CreateBucketConfiguration = { LocationConstraint: constraint as 'eu-west-1' };
      return from.send(
        new CreateBucketCommand({
          Bucket: 'never',
          ...(constraint === undefined ? {} : { CreateBucketConfiguration }),
        }),
      );
    };
    // The SDK puts its own region in where the caller gives none.
    assert.equal((await refusalOf(make('eu-west-1', 'eu-west-2'))).code, 'IllegalLocationConstraintException');
    assert.equal((await refusalOf(make('us-east-1', 'nowhere'))).code, 'InvalidLocationConstraint');
  });

  test('of the same name is had once', async () => {
    const Bucket = await newBucket(client);
    await client.send(new CreateBucketCommand({ Bucket }));
    const other = s3Client(daemon, { account: '111122223333' });
    assert.deepEqual(await refusalOf(other.send(new CreateBucketCommand({ Bucket }))), {
      code: 'BucketAlreadyExists',
      status: 409,
      message:
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    });
    assert.deepEqual((await other.send(new ListBucketsCommand({}))).Buckets, []);
    other.destroy();
    const configured = { Bucket: 'eu-one', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
    await european.send(new CreateBucketCommand(configured));
    assert.deepEqual(await refusalOf(european.send(new CreateBucketCommand(configured))), {
      code: 'BucketAlreadyOwnedByYou',
      status: 409,
      message: 'Your previous request to create the named bucket succeeded and you already own it.',
    });
  });

  test('has a name that the rules allow', async () => {
    for (const Bucket of ['ab', 'Upper', 'a..b', '-ab', 'ab-', '1.2.3.4', 'a_b', 'xn--a', 'a'.repeat(64)]) {
      const { code } = await refusalOf(client.send(new CreateBucketCommand({ Bucket })));
      assert.equal(code, 'InvalidBucketName', Bucket);
    }
  });

  test('that holds something is not deleted', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    assert.deepEqual(await refusalOf(client.send(new DeleteBucketCommand({ Bucket }))), {
      code: 'BucketNotEmpty',
      status: 409,
      message: 'The bucket you tried to delete is not empty',
    });
    const empty = await newBucket(client);
    await client.send(new DeleteBucketCommand({ Bucket: empty }));
    assert.equal((await refusalOf(client.send(new HeadBucketCommand({ Bucket: empty })))).status, 404);
  });

  test('of another owner than the one expected is refused', async () => {
    const Bucket = await newBucket(client);
    const head = (ExpectedBucketOwner: string) => client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }));
    await head('000000000000');
    assert.equal((await refusalOf(head('111122223333'))).status, 403);
  });
});

suite('settings', () => {
  test('of a new bucket are those of AWS', async () => {
    const Bucket = await newBucket(client);
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.deepEqual(rule?.ApplyServerSideEncryptionByDefault, { SSEAlgorithm: 'AES256' });
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.deepEqual(ownership.OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const access = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.equal(access.PublicAccessBlockConfiguration?.BlockPublicPolicy, true);
    const acl = await client.send(new GetBucketAclCommand({ Bucket }));
    assert.equal(acl.Grants?.[0]?.Permission, 'FULL_CONTROL');
    assert.equal(acl.Grants?.[0]?.Grantee?.Type, 'CanonicalUser');
    assert.equal((await client.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer, 'BucketOwner');
    assert.equal((await client.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status, undefined);
    assert.equal((await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled, undefined);
    const notification = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    assert.equal(notification.QueueConfigurations, undefined);
  });

  test('that are not there are told by their own names', async () => {
    const Bucket = await newBucket(client);
    const codes = {
      NoSuchTagSet: client.send(new GetBucketTaggingCommand({ Bucket })),
      NoSuchCORSConfiguration: client.send(new GetBucketCorsCommand({ Bucket })),
      NoSuchLifecycleConfiguration: client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
      NoSuchBucketPolicy: client.send(new GetBucketPolicyCommand({ Bucket })),
      NoSuchWebsiteConfiguration: client.send(new GetBucketWebsiteCommand({ Bucket })),
      ReplicationConfigurationNotFoundError: client.send(new GetBucketReplicationCommand({ Bucket })),
      ObjectLockConfigurationNotFoundError: client.send(new GetObjectLockConfigurationCommand({ Bucket })),
    };
    for (const [code, call] of Object.entries(codes)) {
      const refusal = await refusalOf(call);
      assert.deepEqual([refusal.code, refusal.status], [code, 404]);
    }
  });

  test('come back as they were put, and go', async () => {
    const Bucket = await newBucket(client);
    const Tagging = { TagSet: [{ Key: 'a', Value: 'b' }] };
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
    assert.deepEqual((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet, Tagging.TagSet);
    await client.send(new DeleteBucketTaggingCommand({ Bucket }));
    assert.equal((await refusalOf(client.send(new GetBucketTaggingCommand({ Bucket })))).code, 'NoSuchTagSet');

    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 5, ExposeHeaders: ['ETag'] }];
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    assert.deepEqual((await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules, CORSRules);
    await client.send(new DeleteBucketCorsCommand({ Bucket }));

    const Rules = [{ ID: 'r', Status: 'Enabled' as const, Filter: { Prefix: 'x' }, Expiration: { Days: 1 } }];
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    assert.deepEqual((await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules, Rules);
    await client.send(new DeleteBucketLifecycleCommand({ Bucket }));

    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    assert.equal((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy, Policy);
    assert.equal((await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic, true);
    await client.send(new DeleteBucketPolicyCommand({ Bucket }));
    for (const text of ['nonsense', '{', '{}', '{"Statement":[{"Effect":"Allow"}]}']) {
      const { code } = await refusalOf(client.send(new PutBucketPolicyCommand({ Bucket, Policy: text })));
      assert.equal(code, 'MalformedPolicy');
    }

    const ServerSideEncryptionConfiguration = {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'k' },
          BucketKeyEnabled: true,
        },
      ],
    };
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    const put = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    assert.deepEqual([put.ServerSideEncryption, put.SSEKMSKeyId, put.BucketKeyEnabled], ['aws:kms', 'k', true]);
    await client.send(new DeleteBucketEncryptionCommand({ Bucket }));

    await client.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
    const ownership = client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.equal((await refusalOf(ownership)).code, 'OwnershipControlsNotFoundError');
    await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const access = client.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.equal((await refusalOf(access)).code, 'NoSuchPublicAccessBlockConfiguration');
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
    await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));

    const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: 'log/' };
    await client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
    assert.deepEqual((await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled, LoggingEnabled);
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
    await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
    const website = await client.send(new GetBucketWebsiteCommand({ Bucket }));
    assert.deepEqual(website.IndexDocument, WebsiteConfiguration.IndexDocument);
    await client.send(new DeleteBucketWebsiteCommand({ Bucket }));
    const ReplicationConfiguration = {
      Role: 'arn:aws:iam::000000000000:role/r',
      Rules: [{ Status: 'Enabled' as const, Destination: { Bucket: 'arn:aws:s3:::other' } }],
    };
    await client.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
    const replication = await client.send(new GetBucketReplicationCommand({ Bucket }));
    assert.equal(replication.ReplicationConfiguration?.Role, ReplicationConfiguration.Role);
    await client.send(new DeleteBucketReplicationCommand({ Bucket }));
  });

  test('of access lists need a bucket that has them', async () => {
    const Bucket = await newBucket(client);
    const open = () => client.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
    assert.equal((await refusalOf(open())).code, 'AccessControlListNotSupported');
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
    await client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    await open();
    const { Grants } = await client.send(new GetBucketAclCommand({ Bucket }));
    assert.deepEqual(
      Grants?.map(({ Permission }) => Permission),
      ['FULL_CONTROL', 'READ'],
    );
    assert.equal(Grants?.[1]?.Grantee?.URI, 'http://acs.amazonaws.com/groups/global/AllUsers');
  });

  test('that their schema does not allow are malformed', async () => {
    const Bucket = await newBucket(client);
    const VersioningConfiguration = { Status: 'On' as 'Enabled' };
    const call = client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    assert.deepEqual(await refusalOf(call), {
      code: 'MalformedXML',
      status: 400,
      message: 'The XML you provided was not well-formed or did not validate against our published schema',
    });
  });
});
