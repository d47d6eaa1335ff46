import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { arn, createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';

const Resource = arn('f');
const invalid = (message: string) => fails('InvalidParameterValueException', message);
const notFound = (message: string) => fails('ResourceNotFoundException', message);
const many = (count: number, prefix = 'k') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'v']));

test('tags are added, changed, listed and taken away; each time the function has a new RevisionId', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Tags: { a: '1' } });
  const revisions: (string | undefined)[] = [];
  const revision = async () => {
    revisions.push((await it.operations.GetFunctionConfiguration({ FunctionName: 'f' })).RevisionId);
  };
  await revision();
  await it.operations.TagResource({ Resource, Tags: { a: '2', b: '' } });
  await revision();
  assert.deepEqual(await it.operations.ListTags({ Resource }), { Tags: { a: '2', b: '' } });
  assert.deepEqual((await it.operations.GetFunction({ FunctionName: 'f' })).Tags, { a: '2', b: '' });
  await it.operations.UntagResource({ Resource, TagKeys: ['a', 'never there'] });
  await revision();
  assert.deepEqual(await it.operations.ListTags({ Resource }), { Tags: { b: '' } });
  await it.operations.UntagResource({ Resource, TagKeys: ['b'] });
  await revision();
  assert.deepEqual(await it.operations.ListTags({ Resource }), { Tags: {} });
  assert.equal((await it.operations.GetFunction({ FunctionName: 'f' })).Tags, undefined);
  assert.equal(new Set(revisions).size, 4);
});

test('a function that is being prepared keeps its way when it is tagged', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction(createInput('f'));
  await it.operations.TagResource({ Resource, Tags: { a: '1' } });
  await it.create('g');
  assert.equal((await it.operations.GetFunctionConfiguration({ FunctionName: 'f' })).State, 'Active');
  assert.deepEqual(await it.operations.ListTags({ Resource }), { Tags: { a: '1' } });
  assert.equal(it.resolve('f').invokedFunctionArn, Resource);
});

test('at most 50 tags, with those that are there; none whose name belongs to AWS', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await it.operations.TagResource({ Resource, Tags: many(50) });
  const limit = invalid('Number of tags exceeds resource tag limit.');
  await assert.rejects(it.operations.TagResource({ Resource, Tags: { more: 'v' } }), limit);
  await it.operations.TagResource({ Resource, Tags: { k0: 'changed' } });
  await assert.rejects(it.operations.TagResource({ Resource, Tags: many(51, 'x') }), limit);
  await it.operations.UntagResource({ Resource, TagKeys: ['k1'] });
  await assert.rejects(
    it.operations.TagResource({ Resource, Tags: { 'AWS:x': 'v' } }),
    invalid('System tags cannot be added/updated by requester.'),
  );
});

test('what cannot have tags is refused, whichever operation names it', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const none = invalid('An error occurred and the request cannot be processed.');
  await assert.rejects(it.operations.TagResource({ Resource, Tags: {} }), none);
  const layer = 'arn:aws:lambda:us-east-1:000000000000:layer:x';
  const uuid = '11111111-1111-4111-8111-111111111111';
  const refusals: readonly [string, ReturnType<typeof fails>][] = [
    [
      `${Resource}:1`,
      invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.'),
    ],
    [layer, invalid(`Unsupported resource type for tagging or invalid arn: ${layer}`)],
    [arn('none'), notFound(`Function not found: ${arn('none')}`)],
    [
      'arn:aws:lambda:eu-west-1:000000000000:function:f',
      notFound("Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"),
    ],
    ['arn:aws:lambda:us-east-1:111111111111:function:f', fails('AccessDeniedException', '')],
    [`arn:aws:lambda:us-east-1:111111111111:event-source-mapping:${uuid}`, fails('AccessDeniedException', '')],
    [
      `arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:${uuid}`,
      notFound('The resource you requested does not exist.'),
    ],
  ];
  for (const [named, refusal] of refusals) {
    await assert.rejects(it.operations.ListTags({ Resource: named }), refusal, named);
    await assert.rejects(it.operations.TagResource({ Resource: named, Tags: { a: 'b' } }), refusal, named);
    await assert.rejects(it.operations.UntagResource({ Resource: named, TagKeys: ['a'] }), refusal, named);
  }
  const elsewhere = scopeOf(accountId('000000000000'), region('eu-west-1'));
  await assert.rejects(
    it.operations.ListTags({ Resource }, elsewhere),
    notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
  );
});
