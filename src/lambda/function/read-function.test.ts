import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { arn, fails, openTestControlPlane, role, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64');

test('the link in GetFunction leads to the code', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const { Code } = await it.operations.GetFunction({ FunctionName: 'f' });
  assert.equal(Code?.RepositoryType, 'S3');
  const url = new URL(Code?.Location ?? '');
  assert.equal(it.controlPlane.codeLocations.verify(url.pathname, url.searchParams)?.sha256, sha256(zip('f')));
});

test('an image is kept and shown', async () => {
  await using it = openTestControlPlane();
  const uri = 'localhost:5000/team/image:tag';
  await it.operations.CreateFunction({
    FunctionName: 'f',
    Role: role,
    PackageType: 'Image',
    Code: { ImageUri: uri },
    ImageConfig: { Command: ['app.handler'] },
  });
  await settle();
  const { Code, Configuration } = await it.operations.GetFunction({ FunctionName: 'f' });
  assert.equal(Code?.ImageUri, uri);
  assert.match(Code?.ResolvedImageUri ?? '', /^localhost:5000\/team\/image@sha256:[0-9a-f]{64}$/);
  assert.deepEqual(
    [Configuration?.State, Configuration?.CodeSize, Configuration?.Runtime, Configuration?.RuntimeVersionConfig],
    ['Active', 0, undefined, undefined],
  );
  assert.deepEqual(Configuration?.ImageConfigResponse, { ImageConfig: { Command: ['app.handler'] } });
});

test('functions are listed by name, a page at a time, without their states', async () => {
  await using it = openTestControlPlane();
  const names = Array.from({ length: 7 }, (_, i) => `f${i}`);
  for (const name of names.toReversed()) await it.create(name);
  const elsewhere = scopeOf(accountId('111111111111'), region('eu-west-1'));
  assert.deepEqual((await it.operations.ListFunctions({}, elsewhere)).Functions, []);
  const listed: string[] = [];
  let marker: string | undefined;
  do {
    const page = await it.operations.ListFunctions({ MaxItems: 3, Marker: marker });
    for (const item of page.Functions ?? []) {
      listed.push(item.FunctionName ?? '');
      assert.equal(item.State ?? item.LastUpdateStatus ?? item.RuntimeVersionConfig, undefined);
    }
    marker = page.NextMarker;
  } while (marker !== undefined);
  assert.deepEqual(listed, names);
  await assert.rejects(it.operations.ListFunctions({ Marker: 'nonsense' }), invalid('Invalid Marker.'));
});

test('a list of all versions is complete whatever the size of its pages', async () => {
  await using it = openTestControlPlane();
  for (const name of ['a', 'b', 'c']) {
    await it.create(name);
    for (const text of name === 'b' ? ['1', '2', '3'] : ['1']) {
      await it.operations.UpdateFunctionCode({ FunctionName: name, ZipFile: zip(name + text), Publish: true });
      await settle();
    }
  }
  const whole = ['a:$LATEST', 'a:1', 'b:$LATEST', 'b:1', 'b:2', 'b:3', 'c:$LATEST', 'c:1'].map(arn);
  for (const MaxItems of [1, 2, 3, 7, 8, 50]) {
    const listed: (string | undefined)[] = [];
    let marker: string | undefined;
    do {
      const page = await it.operations.ListFunctions({ FunctionVersion: 'ALL', MaxItems, Marker: marker });
      listed.push(...(page.Functions ?? []).map((item) => item.FunctionArn));
      marker = page.NextMarker;
    } while (marker !== undefined);
    assert.deepEqual(listed, whole, String(MaxItems));
  }
});
