/** Inputs for any operation, made from the same table that the wire is: most of it right, some of it wrong. */
import fc from 'fast-check';
import { lambda } from '../../src/aws/generated/lambda.ts';
import { membersOf, type Shape, type StringShape, shapeNamed } from '../../src/aws/service-table.ts';
import type { AnyInput } from './raw-operation.ts';

/** Values that lead far into an operation, by the name of a member or, where that has none, of its shape. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

/** Sparse ones, of which most pass, and crowded ones. */
export function anyInput(operation: string, known: KnownValues): fc.Arbitrary<AnyInput> {
  const structure = lambda.operations[operation]?.input;
  if (structure === undefined) return fc.constant({});
  const crowds = [1, 1, 10].map((crowd) => structureOf(structure, known, crowd));
  return fc.oneof(...crowds).map((input) => input as AnyInput);
}

const nested = fc.constantFrom(10, 1000).map((depth) => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
});

/** Nothing that any shape takes, or only by chance. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', ' ', [], {}, [null], { '': null }, 'null'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(300, 20_000).map((length) => 'x'.repeat(length)),
  nested,
);

const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 24, arbitrary: right }, { weight: 1, arbitrary: wrong });

/** @param crowd how many of 26 optional members are there; more of those that are known to lead far */
function structureOf(name: string, known: KnownValues, crowd = 6): fc.Arbitrary<unknown> {
  const shape = shapeNamed(lambda, name);
  if (shape.kind !== 'structure') return valueOf(name, known);
  const members = membersOf(shape).map(([member, { shape: of, required }]) => {
    const values = known[member];
    const weight = required === true ? 25.5 : values === undefined ? crowd : 20;
    const right = values === undefined ? valueOf(of, known) : mostlyOf(values, valueOf(of, known));
    return fc
      .oneof(
        { weight: Math.round(weight * 2), arbitrary: mostly(right) },
        { weight: Math.round((26 - weight) * 2), arbitrary: fc.constant(undefined) },
      )
      .map((value): [string, unknown] => [member, value]);
  });
  const stray = fc.option(fc.constantFrom('__proto__', 'constructor', 'Unheard', ''), { freq: 30, nil: undefined });
  return fc.tuple(stray, fc.tuple(...members)).map(([extra, pairs]) => {
    const present = pairs.filter(([, value]) => value !== undefined);
    return Object.fromEntries(extra === undefined ? present : [...present, [extra, 1]]);
  });
}

const mostlyOf = (values: readonly unknown[], otherwise: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 7, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: otherwise });

function valueOf(name: string, known: KnownValues): fc.Arbitrary<unknown> {
  const made = madeOf(name, shapeNamed(lambda, name), known);
  const values = known[name];
  return values === undefined ? made : mostlyOf(values, made);
}

function madeOf(name: string, shape: Shape, known: KnownValues): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'structure':
      return structureOf(name, known);
    case 'list': {
      const lengths = { minLength: shape.min ?? 0, maxLength: Math.min(shape.max ?? 3, (shape.min ?? 0) + 3) };
      return around(shape.max, (count) => fc.array(mostly(valueOf(shape.member, known)), count ?? lengths));
    }
    case 'map': {
      const [key, value] = [valueOf(shape.key, known).map(String), mostly(valueOf(shape.value, known))];
      return fc.array(fc.tuple(key, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
    }
    case 'integer':
    case 'long':
    case 'double':
      return numberIn(shape.min ?? 0, shape.max ?? 1000);
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.oneof(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constant('2026-01-01T00:00:00Z'));
    case 'blob':
      return fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
    case 'string':
      return stringOf(shape);
  }
}

/** Once in a while one too many. */
function around<Value>(
  max: number | undefined,
  make: (exactly?: { minLength: number; maxLength: number }) => fc.Arbitrary<Value>,
): fc.Arbitrary<Value> {
  if (max === undefined || max > 60) return make();
  const tooMany = make({ minLength: max + 1, maxLength: max + 1 });
  return fc.oneof({ weight: 15, arbitrary: make() }, { weight: 1, arbitrary: tooMany });
}

const numberIn = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: Math.ceil(min), max: Math.floor(max) }) },
    { weight: 4, arbitrary: fc.constantFrom(min, max) },
    { weight: 1, arbitrary: fc.constantFrom(min - 1, max + 1, 0, -0, 1e21, min + 0.5) },
  );

function stringOf({ pattern, min = 0, max = 100, enum: values }: StringShape): fc.Arbitrary<string> {
  const text = fc.string({ minLength: Math.min(min, 60), maxLength: Math.min(max, 60) });
  const right = values === undefined ? (matching(pattern) ?? text) : fc.constantFrom(...values);
  const tooLong = fc.constant('a'.repeat(Math.min(max, 20_000) + 1));
  return fc.oneof(
    { weight: 16, arbitrary: right },
    { weight: 1, arbitrary: tooLong },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );
}

/** Nothing for patterns of a kind that cannot be turned round. */
function matching(pattern: string | undefined): fc.Arbitrary<string> | undefined {
  if (pattern === undefined) return undefined;
  try {
    return fc.stringMatching(new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : ''), { maxLength: 60 });
  } catch {
    return undefined;
  }
}
