import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../aws/service-error.ts';
import { openTestControlPlane, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const FunctionName = 'f';

type Step =
  | { readonly kind: 'change'; readonly text: string }
  | { readonly kind: 'publish' }
  | { readonly kind: 'delete version'; readonly version: number }
  | {
      readonly kind: 'create alias' | 'update alias';
      readonly alias: string;
      readonly version: number;
      readonly also: number;
    }
  | { readonly kind: 'delete alias'; readonly alias: string };

/** What there should be. */
interface Model {
  latest: string;
  /** Code by version. */
  readonly versions: Map<number, string>;
  given: number;
  readonly aliases: Map<string, readonly [version: number, also: number | undefined]>;
}

const version = fc.integer({ min: 1, max: 4 });
const alias = fc.constantFrom('a', 'b');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), text: fc.constantFrom('x', 'y') }),
  fc.record({ kind: fc.constant('publish' as const) }),
  fc.record({ kind: fc.constant('delete version' as const), version }),
  fc.record({
    kind: fc.constantFrom('create alias' as const, 'update alias' as const),
    alias,
    version,
    also: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ kind: fc.constant('delete alias' as const), alias }),
);

/** The code of the error to expect; the model changes when there is none. */
function expected(model: Model, taken: Step): string | undefined {
  const { versions, aliases } = model;
  switch (taken.kind) {
    case 'change':
      model.latest = taken.text;
      return undefined;
    case 'publish':
      if (versions.get(model.given) === model.latest) return undefined;
      model.given += 1;
      versions.set(model.given, model.latest);
      return undefined;
    case 'delete version': {
      if ([...aliases.values()].some((targets) => targets.includes(taken.version))) return 'ResourceConflictException';
      versions.delete(taken.version);
      return undefined;
    }
    case 'create alias':
    case 'update alias': {
      const isThere = aliases.has(taken.alias);
      if (taken.kind === 'update alias' && !isThere) return 'ResourceNotFoundException';
      if (!versions.has(taken.version)) return 'ResourceNotFoundException';
      if (taken.kind === 'create alias' && isThere) return 'ResourceConflictException';
      if (taken.also === taken.version) return 'InvalidParameterValueException';
      if (taken.also !== 0 && !versions.has(taken.also)) return 'ResourceNotFoundException';
      aliases.set(taken.alias, [taken.version, taken.also === 0 ? undefined : taken.also]);
      return undefined;
    }
    case 'delete alias':
      aliases.delete(taken.alias);
      return undefined;
  }
}

type ControlPlane = ReturnType<typeof openTestControlPlane>;

async function run({ operations }: ControlPlane, taken: Step): Promise<void> {
  switch (taken.kind) {
    case 'change':
      await operations.UpdateFunctionCode({ FunctionName, ZipFile: zip(taken.text) });
      return settle();
    case 'publish':
      await operations.PublishVersion({ FunctionName });
      return;
    case 'delete version':
      await operations.DeleteFunction({ FunctionName, Qualifier: String(taken.version) });
      return;
    case 'create alias':
    case 'update alias': {
      const AdditionalVersionWeights = taken.also === 0 ? {} : { [taken.also]: 0.5 };
      const FunctionVersion = String(taken.version);
      const input = { FunctionName, Name: taken.alias, FunctionVersion, RoutingConfig: { AdditionalVersionWeights } };
      await (taken.kind === 'create alias' ? operations.CreateAlias(input) : operations.UpdateAlias(input));
      return;
    }
    case 'delete alias':
      await operations.DeleteAlias({ FunctionName, Name: taken.alias });
  }
}

async function assertIsAs(model: Model, it: ControlPlane): Promise<void> {
  const { Versions = [] } = await it.operations.ListVersionsByFunction({ FunctionName });
  assert.deepEqual(
    Versions.map((item) => item.Version),
    ['$LATEST', ...[...model.versions.keys()].map(String)],
  );
  const { Aliases = [] } = await it.operations.ListAliases({ FunctionName });
  assert.deepEqual(
    Aliases.map((item) => item.Name),
    [...model.aliases.keys()].sort(),
  );
  for (const [name, targets] of model.aliases) {
    assert.ok(targets.includes(Number(it.resolve(FunctionName, name).version.version)), 'an alias has its version');
  }
  for (const [number, text] of model.versions) {
    assert.equal(it.resolve(FunctionName, String(number)).version.code.size, zip(text).length);
  }
  assert.equal(it.controlPlane.codeStore.usedSize, (model.versions.size + 1) * zip('x').length, 'each counts once');
}

test('whatever is published, named and deleted in whatever order, it is as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (sequence) => {
      await using it = openTestControlPlane();
      await it.operations.CreateFunction({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Code: { ZipFile: zip('x') },
      });
      await settle();
      const model: Model = { latest: 'x', versions: new Map(), given: 0, aliases: new Map() };
      for (const taken of sequence) {
        const code = expected(model, taken);
        if (code === undefined) await run(it, taken);
        else {
          await assert.rejects(run(it, taken), (error) => error instanceof ServiceError && error.code === code);
        }
        await assertIsAs(model, it);
      }
      await it.operations.DeleteFunction({ FunctionName });
      assert.equal(it.controlPlane.codeStore.usedSize, 0);
    }),
    { numRuns: 60 },
  );
});
