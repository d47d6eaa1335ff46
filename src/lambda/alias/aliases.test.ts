import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { systemRandom } from '../../kernel/random.ts';
import { arn, createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);
const missing = (message: string) => fails('ResourceNotFoundException', message);
const plain = (output: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(output)) as Record<string, unknown>;

/** A function with this many published versions. */
async function openWithVersions(count: number, options: Parameters<typeof openTestControlPlane>[0] = {}) {
  const it = openTestControlPlane(options);
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  for (let n = 2; n <= count; n += 1) {
    await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip(String(n)), Publish: true });
    await settle();
  }
  return it;
}

const live = (FunctionVersion: string, weights?: Record<string, number>) => ({
  FunctionName: 'f',
  Name: 'live',
  FunctionVersion,
  ...(weights === undefined ? {} : { RoutingConfig: { AdditionalVersionWeights: weights } }),
});

test('an alias is created, shown, changed and deleted as AWS does', async () => {
  await using it = await openWithVersions(2);
  const { RevisionId, ...created } = plain(await it.operations.CreateAlias(live('1')));
  assert.deepEqual(created, { AliasArn: `${arn('f')}:live`, Name: 'live', FunctionVersion: '1', Description: '' });
  const input = { FunctionName: 'f', Name: 'live' };
  assert.deepEqual(plain(await it.operations.GetAlias(input)), { ...created, RevisionId });
  const updated = await it.operations.UpdateAlias({
    ...input,
    Description: 'both',
    RevisionId: String(RevisionId),
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.25 } },
  });
  assert.deepEqual(
    [updated.FunctionVersion, updated.Description, updated.RoutingConfig],
    ['1', 'both', { AdditionalVersionWeights: { 2: 0.25 } }],
  );
  const again = await it.operations.UpdateAlias(input);
  assert.deepEqual({ ...again, RevisionId: '' }, { ...updated, RevisionId: '' });
  assert.equal(new Set([RevisionId, updated.RevisionId, again.RevisionId]).size, 3);
  const cleared = await it.operations.UpdateAlias({ ...input, FunctionVersion: '2', RoutingConfig: {} });
  assert.deepEqual([cleared.FunctionVersion, cleared.RoutingConfig], ['2', undefined]);
  await it.operations.DeleteAlias(input);
  await it.operations.DeleteAlias(input);
  await assert.rejects(it.operations.GetAlias(input), missing(`Cannot find alias arn: ${arn('f')}:live`));
});

test('what an alias cannot be is refused in the words of AWS, and nothing changes', async () => {
  await using it = await openWithVersions(2);
  const create = (input: ReturnType<typeof live>) => it.operations.CreateAlias(input);
  await assert.rejects(create({ ...live('1'), FunctionName: 'g' }), missing(`Function not found: ${arn('g')}:1`));
  await assert.rejects(
    create({ ...live('1'), FunctionName: 'f:1' }),
    invalid(/^This operation is permitted on Lambda/),
  );
  await assert.rejects(create(live('3')), missing(`Function not found: ${arn('f')}:3`));
  await assert.rejects(create(live('01')), missing(`Function not found: ${arn('f')}:01`));
  await assert.rejects(create(live('$LATEST.PUBLISHED')), missing(`Function not found: ${arn('f')}:$LATEST.PUBLISHED`));
  await assert.rejects(create(live('1', { 3: 0.1 })), missing(`Function not found: ${arn('f')}:3`));
  const tooMany = 'Number of items in AdditionalVersionWeights cannot be greater than 1';
  const included = 'Invalid function version 1. Function version 1 is already included in routing configuration.';
  const unpublished = '$LATEST is not supported for an alias pointing to more than 1 version';
  await assert.rejects(create(live('1', { 1: 0.1, 2: 0.1 })), invalid(tooMany));
  await assert.rejects(create(live('1', { 1: 0.1 })), invalid(included));
  await assert.rejects(create(live('$LATEST', { 1: 0.1 })), invalid(unpublished));
  assert.deepEqual((await it.operations.ListAliases({ FunctionName: 'f' })).Aliases, []);
  const created = await create(live('2', { 1: 0.5 }));
  await assert.rejects(create(live('2')), fails('ResourceConflictException', `Alias already exists: ${arn('f')}:live`));
  const update = (input: object) => it.operations.UpdateAlias({ FunctionName: 'f', Name: 'live', ...input });
  await assert.rejects(update({ Name: 'dead' }), missing(`Alias not found: ${arn('f')}:dead`));
  await assert.rejects(update({ FunctionVersion: '3' }), missing(`Function not found: ${arn('f')}:3`));
  await assert.rejects(update({ FunctionVersion: '1' }), invalid(included));
  await assert.rejects(update({ FunctionVersion: '$LATEST' }), invalid(unpublished));
  await assert.rejects(
    update({ RevisionId: 'another' }),
    fails('PreconditionFailedException', /^The Revision Id provided does not match .* GetFunction\/GetAlias API/),
  );
  assert.deepEqual(await it.operations.GetAlias({ FunctionName: 'f', Name: 'live' }), created);
});

test('aliases are listed by name in pages, and by the version that they name', async () => {
  await using it = await openWithVersions(3);
  for (const Name of ['c', 'a', 'b']) await it.operations.CreateAlias({ ...live('1'), Name });
  await it.operations.CreateAlias({ ...live('2', { 3: 0 }), Name: 'd' });
  const names = async (input: object) => {
    const listed: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await it.operations.ListAliases({ FunctionName: 'f', Marker, ...input });
      listed.push(...(page.Aliases ?? []).map((alias) => alias.Name));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    return listed.join('');
  };
  for (const MaxItems of [1, 2, 3, 4, 50]) {
    assert.equal(await names({ MaxItems }), 'abcd');
    assert.equal(await names({ MaxItems, FunctionVersion: '1' }), 'abc');
    assert.equal(await names({ MaxItems, FunctionVersion: '3' }), 'd');
  }
  await assert.rejects(it.operations.ListAliases({ FunctionName: 'f', Marker: 'x' }), invalid('Invalid Marker.'));
  await assert.rejects(it.operations.ListAliases({ FunctionName: 'g' }), missing(`Function not found: ${arn('g')}`));
});

test('an alias is read as its version, and invoked under its own ARN', async () => {
  await using it = await openWithVersions(2);
  await it.operations.CreateAlias(live('1'));
  const read = await it.operations.GetFunctionConfiguration({ FunctionName: 'f', Qualifier: 'live' });
  assert.deepEqual([read.Version, read.FunctionArn], ['1', `${arn('f')}:live`]);
  const { Configuration } = await it.operations.GetFunction({ FunctionName: 'f:live' });
  assert.deepEqual([Configuration?.Version, Configuration?.FunctionArn], ['1', `${arn('f')}:live`]);
  const invoked = it.resolve('f', 'live');
  assert.deepEqual([invoked.version.version, invoked.invokedFunctionArn], ['1', `${arn('f')}:live`]);
  await it.operations.UpdateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '$LATEST' });
  assert.equal(it.resolve('f', 'live').version, it.resolve('f').version);
});

test('each invocation takes one of the two versions by chance, in proportion to their weights', async () => {
  let fraction = 0;
  await using it = await openWithVersions(2, { random: { ...systemRandom, fraction: () => fraction } });
  await it.operations.CreateAlias(live('1'));
  const setWeight = (weight: number) =>
    it.operations.UpdateAlias({
      FunctionName: 'f',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: { 2: weight } },
    });
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      async (weight, chance) => {
        await setWeight(weight);
        fraction = chance;
        assert.equal(it.resolve('f', 'live').version.version, chance < weight ? '2' : '1');
      },
    ),
  );
});

test('a version that an alias names cannot be deleted', async () => {
  await using it = await openWithVersions(2);
  await it.operations.CreateAlias(live('1', { 2: 0.5 }));
  await it.operations.CreateAlias({ ...live('2'), Name: 'also' });
  const remove = (Qualifier: string) => it.operations.DeleteFunction({ FunctionName: 'f', Qualifier });
  const text = 'Unable to delete version because the following aliases reference it:';
  await assert.rejects(remove('1'), fails('ResourceConflictException', `${text} [live]`));
  await assert.rejects(remove('2'), fails('ResourceConflictException', `${text} [also, live]`));
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  assert.deepEqual(await remove('1'), { StatusCode: 204 });
});

test('aliases go with their function and are seen in their account and region only', async () => {
  await using it = await openWithVersions(1);
  await it.operations.CreateAlias(live('1'));
  const elsewhere = { ...scope, region: 'eu-west-1' as typeof scope.region };
  await it.operations.CreateFunction(createInput('f'), elsewhere);
  assert.deepEqual((await it.operations.ListAliases({ FunctionName: 'f' }, elsewhere)).Aliases, []);
  await assert.rejects(
    it.operations.GetAlias({ FunctionName: arn('f'), Name: 'live' }, elsewhere),
    missing("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
  );
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  await it.create('f');
  assert.deepEqual((await it.operations.ListAliases({ FunctionName: 'f' })).Aliases, []);
});

test('the URL of an alias outlives it, and calls then find nothing', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true, Tags: { _custom_id_: 'app' } });
  await settle();
  const url = { FunctionName: 'f', Qualifier: 'live', AuthType: 'NONE' } as const;
  await assert.rejects(it.operations.CreateFunctionUrlConfig(url), missing('Function does not exist'));
  await it.operations.CreateAlias(live('1'));
  const { FunctionUrl, FunctionArn } = await it.operations.CreateFunctionUrlConfig(url);
  assert.deepEqual(
    [FunctionUrl, FunctionArn],
    ['http://app-live.lambda-url.us-east-1.localhost:4566/', `${arn('f')}:live`],
  );
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  assert.equal(
    (await it.operations.GetFunctionUrlConfig({ FunctionName: 'f', Qualifier: 'live' })).FunctionUrl,
    FunctionUrl,
  );
  assert.equal(it.controlPlane.urlDirectory.find('app-live', 'us-east-1')?.qualifier, 'live');
  assert.throws(() => it.resolve('f', 'live'), missing(`Function not found: ${arn('f')}:live`));
});
