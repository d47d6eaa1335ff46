import assert from 'node:assert/strict';
import { test } from 'node:test';
import conditionParser from 'dynalite/db/conditionParser.js';
import fc from 'fast-check';
import { type ParsedCondition, parseGroups } from './condition-groups.ts';

const redundant = 'The expression has redundant parentheses;';

// Taken before anything guards it.
const { parse } = conditionParser as { readonly parse: (text: string, options: object) => ParsedCondition };

const library = (text: string): ParsedCondition =>
  parse(text, {
    context: {
      attrNames: { '#and': 'between' },
      attrVals: { ':a': { N: '1' }, ':b': { N: '2' } },
      isReserved: () => false,
      compare: () => false,
    },
  });

const leaf = fc.constantFrom(
  'a = :a',
  '#and <> :b',
  'x.y[0] BETWEEN :a AND :b',
  'c IN (:a, :b)',
  'size(d) > :a',
  'attribute_exists(e.f)',
  'begins_with (g, :a)',
);

const { condition } = fc.letrec<{ condition: string; small: string }>((tie) => ({
  small: fc.oneof(
    { maxDepth: 2 },
    leaf,
    tie('condition').map((inner) => `(${inner})`),
  ),
  condition: fc.oneof(
    { maxDepth: 2 },
    tie('small'),
    tie('small').map((inner) => `NOT ${inner}`),
    fc.tuple(tie('small'), fc.constantFrom('AND', 'or', 'And'), tie('condition')).map((parts) => parts.join(' ')),
  ),
}));

/** Enough levels to be read here, with nothing around them that counts. */
const deepen = (text: string): string => `z = :a AND (z = :a OR (z = :a AND (${text})))`;

test('what the library makes of a condition is made of it however deep it is nested', () => {
  fc.assert(
    fc.property(condition, (text) => {
      const expected = library(text);
      const parsed = parseGroups(deepen(text), library);
      if (parsed === redundant) {
        // In parentheses of its own, one more is redundant.
        assert.ok(expected === redundant || text.startsWith('('));
        return;
      }
      if (typeof expected === 'string' || typeof parsed === 'string') {
        assert.equal(parsed, expected);
        return;
      }
      let inner = parsed.expression as Nested;
      for (let level = 0; level < 3; level++) inner = inner.args[1];
      assert.deepEqual(inner, expected.expression);
      assert.deepEqual({ ...parsed.pathHeads, z: true }, { ...expected.pathHeads, z: true });
      assert.deepEqual(parsed.nestedPaths, { ...expected.nestedPaths });
    }),
    { numRuns: 300 },
  );
});

/** The right side of `deepen`, three times. */
interface Nested {
  readonly args: readonly [unknown, Nested];
}

test('a condition nested a thousand times is read at once', () => {
  const deep = `${'(a = :a OR '.repeat(1000)}b = :b${')'.repeat(1000)}`;
  assert.ok(typeof parseGroups(deep, library) === 'object');
  assert.equal(parseGroups(`${'('.repeat(1000)}a = :a${')'.repeat(1000)}`, library), redundant);
});

test('what is no condition is refused as a fault of syntax, at once', () => {
  for (const text of [
    '(((a = :a',
    '(((a = :a))))',
    '((()))',
    '(((',
    'a = (((:a)))(',
    '(((a = :a) b) c)',
    '(((a = :a AND)))',
  ]) {
    try {
      assert.equal(typeof parseGroups(text, library), 'string', text);
    } catch (error) {
      assert.equal((error as Error).name, 'SyntaxError', text);
    }
  }
});

test('any text is read to an end', () => {
  const piece = fc.constantFrom('(', '(((', ')', ' AND ', ' NOT ', 'a', ':a', ' = ', ' BETWEEN ', 'size(', ',', '.');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (text) => {
      try {
        parseGroups(text.join(''), library);
      } catch (error) {
        assert.equal((error as Error).name, 'SyntaxError');
      }
    }),
    { numRuns: 300 },
  );
});
