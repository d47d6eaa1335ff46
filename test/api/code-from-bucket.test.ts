/** Code and layers that lie in buckets. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  PublishLayerVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { newBucket, s3Client } from '../companions/s3-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { TestFunction } from '../kit/test-function.ts';
import { zipOf } from '../kit/zip-of.ts';

const answering = (text: string) => zipOf({ 'index.js': `exports.handler = async () => '${text}';` });

suite('code in a bucket', () => {
  let lambdad: TestDaemon;
  let s3: S3Client;
  let Bucket: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    s3 = s3Client(lambdad);
    Bucket = await newBucket(s3);
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  });
  after(async () => {
    s3.destroy();
    await lambdad[Symbol.asyncDispose]();
  });

  const put = async (Key: string, Body: Buffer | string) =>
    (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
  const refusal = async (Code: object, more = {}) => {
    const FunctionName = 'refused';
    const call = lambdad.lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/r',
        Code,
        ...more,
      }),
    );
    const error = await call.then(
      () => assert.fail('it was created'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error);
    return `${error.name}: ${error.message}`;
  };

  test('is run, in the version that is named', async () => {
    const key = 'a folder/ü+1%.zip';
    const first = await put(key, await answering('first'));
    await put(key, await answering('second'));
    const newest = await TestFunction.from(lambdad.lambda, {}, { S3Bucket: Bucket, S3Key: key });
    assert.equal((await newest.invoke()).payload, 'second');
    const older = await TestFunction.from(lambdad.lambda, {}, { S3Bucket: Bucket, S3Key: key, S3ObjectVersion: first });
    assert.equal((await older.invoke()).payload, 'first');
  });

  test('replaces what was uploaded', async () => {
    const fn = await lambdad.function({ code: await answering('before') });
    await put('new.zip', await answering('after'));
    const change = { FunctionName: fn.name, S3Bucket: Bucket, S3Key: 'new.zip' };
    const dry = await lambdad.lambda.send(new UpdateFunctionCodeCommand({ ...change, DryRun: true }));
    const { Configuration } = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: fn.name }));
    assert.notEqual(dry.CodeSha256, Configuration?.CodeSha256);
    await lambdad.lambda.send(new UpdateFunctionCodeCommand(change));
    let status: string | undefined;
    while (status !== 'Successful') {
      const current = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: fn.name }));
      status = current.Configuration?.LastUpdateStatus;
    }
    assert.equal((await fn.invoke()).payload, 'after');
  });

  test('may be a layer', async () => {
    await put('layer.zip', await zipOf({ 'nodejs/x.js': 'module.exports = 1' }));
    const published = await lambdad.lambda.send(
      new PublishLayerVersionCommand({ LayerName: 'layer', Content: { S3Bucket: Bucket, S3Key: 'layer.zip' } }),
    );
    assert.equal(published.Version, 1);
  });

  test('that is not there, not an archive, or in another region is refused in the words of both', async () => {
    const name = 'InvalidParameterValueException: Error occurred while GetObject. S3 Error Code: ';
    assert.equal(
      await refusal({ S3Bucket: 'no-such-bucket', S3Key: 'k' }),
      `${name}NoSuchBucket. S3 Error Message: The specified bucket does not exist`,
    );
    assert.equal(
      await refusal({ S3Bucket: Bucket, S3Key: 'no' }),
      `${name}NoSuchKey. S3 Error Message: The specified key does not exist.`,
    );
    await put('text', 'no archive');
    assert.equal(
      await refusal({ S3Bucket: Bucket, S3Key: 'text', S3ObjectVersion: '0'.repeat(32) }),
      `${name}NoSuchVersion. S3 Error Message: The specified version does not exist.`,
    );
    assert.equal(
      await refusal({ S3Bucket: Bucket, S3Key: 'text' }),
      'InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
    await s3.send(
      new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    assert.equal(
      await refusal({ S3Bucket: 'far-away', S3Key: 'k' }),
      `${name}PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request`,
    );
  });
});

suite('code in a bucket elsewhere', () => {
  test('is read from the endpoint that is set, and a dead one is told of', async () => {
    await using elsewhere = await TestDaemon.start();
    await using lambdad = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_S3: elsewhere.endpoint } });
    const s3 = s3Client(elsewhere);
    const Bucket = await newBucket(s3);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'code.zip', Body: await answering('from there') }));
    s3.destroy();
    const fn = await TestFunction.from(lambdad.lambda, {}, { S3Bucket: Bucket, S3Key: 'code.zip' });
    assert.equal((await fn.invoke()).payload, 'from there');
  });
});
