import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddTagsToResourceCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

test('a parameter is put, read by name, version, label and ARN, and overwritten when told so', async () => {
  await using daemon = await TestDaemon.start();
  const ssm = new SSMClient(clientOptions(daemon.endpoint));
  const Name = '/app/db/host';
  assert.deepEqual((await ssm.send(new PutParameterCommand({ Name, Value: 'one', Type: 'String' }))).Version, 1);
  await assert.rejects(ssm.send(new PutParameterCommand({ Name, Value: 'two', Type: 'String' })), {
    name: 'ParameterAlreadyExists',
    message: 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  });
  assert.deepEqual((await ssm.send(new PutParameterCommand({ Name, Value: 'two', Overwrite: true }))).Version, 2);
  await ssm.send(new LabelParameterVersionCommand({ Name, ParameterVersion: 1, Labels: ['old', '1no'] }));
  const read = async (text: string) => (await ssm.send(new GetParameterCommand({ Name: text }))).Parameter;
  const latest = await read(Name);
  assert.equal(latest?.ARN, 'arn:aws:ssm:us-east-1:000000000000:parameter/app/db/host');
  assert.deepEqual([latest?.Value, latest?.Version, latest?.DataType], ['two', 2, 'text']);
  assert.equal((await read(`${Name}:1`))?.Value, 'one');
  const labelled = await read(`${Name}:old`);
  assert.deepEqual([labelled?.Value, labelled?.Selector], ['one', ':old']);
  assert.equal((await read(latest?.ARN ?? ''))?.Value, 'two');
  await assert.rejects(read('/nothing'), { name: 'ParameterNotFound' });
  const history = await ssm.send(new GetParameterHistoryCommand({ Name }));
  assert.deepEqual(
    history.Parameters?.map(({ Value, Labels }) => [Value, Labels]),
    [
      ['one', ['old']],
      ['two', []],
    ],
  );
  ssm.destroy();
});

test('a SecureString shows its value only when decryption is asked for', async () => {
  await using daemon = await TestDaemon.start();
  const ssm = new SSMClient(clientOptions(daemon.endpoint));
  await ssm.send(new PutParameterCommand({ Name: 'secret', Value: 'clear', Type: 'SecureString' }));
  const read = async (WithDecryption: boolean) =>
    (await ssm.send(new GetParameterCommand({ Name: 'secret', WithDecryption }))).Parameter?.Value;
  assert.equal(await read(true), 'clear');
  assert.doesNotMatch((await read(false)) ?? 'clear', /clear/);
  ssm.destroy();
});

test('parameters below a path come page by page, directly or at any depth', async () => {
  await using daemon = await TestDaemon.start();
  const ssm = new SSMClient(clientOptions(daemon.endpoint));
  for (const Name of ['/a/1', '/a/2', '/a/b/3', '/ab/4', 'a'])
    await ssm.send(new PutParameterCommand({ Name, Value: Name, Type: 'String' }));
  const below = async (Recursive: boolean) => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ssm.send(new GetParametersByPathCommand({ Path: '/a', Recursive, MaxResults: 2, NextToken }));
      names.push(...(page.Parameters ?? []).map(({ Name = '' }) => Name));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return names;
  };
  assert.deepEqual(await below(false), ['/a/1', '/a/2']);
  assert.deepEqual(await below(true), ['/a/1', '/a/2', '/a/b/3']);
  const several = await ssm.send(new GetParametersCommand({ Names: ['/a/1', '/none', '/a/2:7'] }));
  assert.deepEqual(
    several.Parameters?.map(({ Name }) => Name),
    ['/a/1'],
  );
  assert.deepEqual(several.InvalidParameters, ['/none', '/a/2:7']);
  const filtered = await ssm.send(
    new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/ab'] }] }),
  );
  assert.deepEqual(
    filtered.Parameters?.map(({ Name }) => Name),
    ['/ab/4'],
  );
  const deleted = await ssm.send(new DeleteParametersCommand({ Names: ['/a/1', '/none'] }));
  assert.deepEqual([deleted.DeletedParameters, deleted.InvalidParameters], [['/a/1'], ['/none']]);
  ssm.destroy();
});

test('what no parameter may be is refused', async () => {
  await using daemon = await TestDaemon.start();
  const ssm = new SSMClient(clientOptions(daemon.endpoint));
  const put = (input: Partial<ConstructorParameters<typeof PutParameterCommand>[0]>) =>
    ssm.send(new PutParameterCommand({ Name: '/a', Value: 'v', Type: 'String', ...input }));
  await assert.rejects(put({ Name: '/aws/x' }), { name: 'AccessDeniedException' });
  await assert.rejects(put({ Name: 'a/b' }), { name: 'ValidationException' });
  await assert.rejects(put({ Name: `/${'x/'.repeat(16)}y` }), { name: 'HierarchyLevelLimitExceededException' });
  await assert.rejects(put({ Value: 'x'.repeat(4097) }), { name: 'ValidationException' });
  await assert.rejects(put({ AllowedPattern: '^\\d+$' }), { name: 'ParameterPatternMismatchException' });
  await assert.rejects(put({ AllowedPattern: '(' }), { name: 'InvalidAllowedPatternException' });
  const { Tier } = await put({ Value: 'x'.repeat(4097), Tier: 'Intelligent-Tiering' });
  assert.equal(Tier, 'Advanced');
  await ssm.send(
    new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: '/a', Tags: [{ Key: 'k', Value: 'v' }] }),
  );
  const tags = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/a' }));
  assert.deepEqual(tags.TagList, [{ Key: 'k', Value: 'v' }]);
  ssm.destroy();
});
