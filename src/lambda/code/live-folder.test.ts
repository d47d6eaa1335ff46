import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';
import type { LiveFolders } from './live-folder.ts';

const liveFolders: LiveFolders = {
  bucket: 'here',
  expand: (key) => key.replace('$HOME', '/home/me'),
  exists: (path) => path === '/home/me/code' || path === 'C:\\code',
};

const open = () => openTestControlPlane({ liveFolders });

const inFolder = (S3Key: string, S3Bucket = 'here') => ({ ...createInput('live'), Code: { S3Bucket, S3Key } });

test('a function runs from a folder, and nothing of it is stored', async () => {
  await using it = open();
  const created = await it.operations.CreateFunction(inFolder('$HOME/code'));
  assert.deepEqual([created.CodeSha256, created.CodeSize], ['hot-reloading-hash-not-available', 0]);
  await settle();
  const { version } = it.controlPlane.catalogue.resolve({ scope, functionName: 'live', qualifier: undefined });
  assert.deepEqual(version.code, { folder: '/home/me/code' });
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
  const { Code } = await it.operations.GetFunction({ FunctionName: 'live' });
  assert.deepEqual(Code, { RepositoryType: 'S3', Location: 'file:///home/me/code' });
});

test('a path of Windows is absolute too', async () => {
  await using it = open();
  await it.operations.CreateFunction(inFolder('C:\\code'));
  const { Code } = await it.operations.GetFunction({ FunctionName: 'live' });
  assert.equal(Code?.Location, 'file://C:\\code');
  await settle();
});

test('a published version keeps the folder; publishing it again is no new version', async () => {
  await using it = open();
  await it.operations.CreateFunction({ ...inFolder('/home/me/code'), Publish: true });
  await settle();
  const again = await it.operations.PublishVersion({ FunctionName: 'live' });
  assert.deepEqual([again.Version, again.CodeSha256], ['1', 'hot-reloading-hash-not-available']);
  await it.operations.UpdateFunctionCode({ FunctionName: 'live', ZipFile: zip('archive') });
  await settle();
  const published = await it.operations.GetFunction({ FunctionName: 'live', Qualifier: '1' });
  assert.equal(published.Code?.Location, 'file:///home/me/code');
});

test('an update to a folder gives back the archive, and a dry run changes nothing', async () => {
  await using it = open();
  await it.create('live');
  const used = it.controlPlane.codeStore.usedSize;
  const code = { S3Bucket: 'here', S3Key: '/home/me/code' };
  const tried = await it.operations.UpdateFunctionCode({ FunctionName: 'live', ...code, DryRun: true });
  assert.equal(tried.CodeSha256, 'hot-reloading-hash-not-available');
  assert.equal(it.controlPlane.codeStore.usedSize, used);
  await it.operations.UpdateFunctionCode({ FunctionName: 'live', ...code });
  await settle();
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
});

test('what is no folder is refused, and other buckets are real ones', async () => {
  await using it = open();
  const code = 'InvalidParameterValueException';
  const absolute = 'When using hot reloading, the archive key has to be an absolute path! Your archive key: code';
  await assert.rejects(it.operations.CreateFunction(inFolder('code')), fails(code, absolute));
  const missing =
    'When using hot reloading, the archive key has to be the path of a folder, and there is none at /home/me/other.';
  await assert.rejects(it.operations.CreateFunction(inFolder('$HOME/other')), fails(code, missing));
  await assert.rejects(it.operations.CreateFunction(inFolder('code', 'elsewhere')), fails(code, /NoSuchBucket/));
});
