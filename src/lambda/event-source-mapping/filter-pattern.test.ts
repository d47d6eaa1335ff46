import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseFilterPattern } from './filter-pattern.ts';

const literal = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const ignoringCase = fc.record({ 'equals-ignore-case': fc.string() });
const bound = (...operators: string[]) => fc.constantFrom(...operators);
const numeric = fc.oneof(
  fc.tuple(bound('=', '<', '<=', '>', '>='), fc.integer()),
  fc
    .tuple(bound('>', '>='), fc.integer(), bound('<', '<='), fc.integer({ min: 1, max: 1000 }))
    .map(([lower, from, upper, width]) => [lower, from, upper, from + width]),
);
const comparison = fc.oneof(
  fc.record({ exists: fc.boolean() }),
  fc.record({ prefix: fc.oneof(fc.string(), ignoringCase) }),
  fc.record({ suffix: fc.oneof(fc.string(), ignoringCase) }),
  fc.record({ wildcard: fc.string() }),
  fc.record({ cidr: fc.constant('10.0.0.0/24') }),
  fc.record({ numeric }),
  ignoringCase,
  fc.record({
    'anything-but': fc.oneof(
      fc.string(),
      fc.integer(),
      fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }),
      fc.record({ prefix: fc.string() }),
      fc.record({ wildcard: fc.array(fc.string(), { minLength: 1 }) }),
    ),
  }),
);
const rules = fc.array(fc.oneof(literal, comparison), { minLength: 1, maxLength: 4 });
const field = fc.string().filter((name) => name !== '$or' && name !== '__proto__');
const fields = <Value>(value: fc.Arbitrary<Value>) => fc.dictionary(field, value, { minKeys: 1, maxKeys: 3 });

const { pattern } = fc.letrec((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small' },
    fields(rules),
    fields(fc.oneof(rules, tie('pattern'))),
    fc.record({ $or: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }) }),
  ),
}));

test('what is built from fields, lists and comparisons is a pattern', () => {
  fc.assert(
    fc.property(pattern.map(JSON.stringify), (text) => assert.deepEqual(parseFilterPattern(text), JSON.parse(text))),
    { numRuns: 300 },
  );
});

test('a pattern with one leaf that is no list of rules is none', () => {
  const spoilt = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([]),
    fc.constant({}),
    fc.constant([[]]),
    fc.constant([{}]),
    fc.constant([{ prefix: 1 }]),
    fc.constant([{ exists: 'yes' }]),
    fc.constant([{ exists: true, prefix: 'a' }]),
    fc.constant([{ unheard: 'a' }]),
    fc.constant([{ toString: 'a' }]),
    fc.constant([{ numeric: [] }]),
    fc.constant([{ numeric: ['<', '1'] }]),
    fc.constant([{ numeric: ['=', 1, '<', 2] }]),
    fc.constant([{ numeric: ['>', 2, '<', 1] }]),
    fc.constant([{ 'anything-but': [] }]),
    fc.constant([{ 'anything-but': { exists: true } }]),
  );
  fc.assert(
    fc.property(fields(rules), field, fc.array(field, { maxLength: 3 }), spoilt, (around, name, path, leaf) => {
      const nested = path.reduce<unknown>((inner, outer) => ({ [outer]: inner }), { [name]: leaf });
      const text = JSON.stringify({ ...around, [`${name} `]: nested });
      assert.equal(parseFilterPattern(text), undefined, text);
    }),
  );
});

test('any text at all is a pattern or not, without an error', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('['.repeat(4096)));
  fc.assert(fc.property(text, (any) => void parseFilterPattern(any)));
  assert.equal(parseFilterPattern(`${'{"a":'.repeat(600)}[1]${'}'.repeat(600)}`) !== undefined, true);
});

test('what AWS was seen to refuse is refused', () => {
  for (const text of ['null', 'plain text', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}', '{"a":', '[]', '"a"']) {
    assert.equal(parseFilterPattern(text), undefined, text);
  }
});
