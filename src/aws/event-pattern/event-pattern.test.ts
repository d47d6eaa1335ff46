import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern, type PatternDialect } from './event-pattern.ts';
import { PatternFault } from './pattern-fault.ts';
import { type PatternOperator, patternOperators } from './pattern-operators.ts';

const everything: PatternDialect = {
  operators: new Set(Object.keys(patternOperators) as PatternOperator[]),
  or: true,
  nested: true,
};
const fits = (pattern: unknown, event: unknown, dialect = everything) => compilePattern(pattern, dialect)(event);

test('every key must fit, one of its values is enough', () => {
  const pattern = { source: ['a', 'b'], detail: { state: ['on'], level: [1, null, true] } };
  assert.ok(fits(pattern, { source: 'b', detail: { state: 'on', level: 1, more: 2 } }));
  assert.ok(fits(pattern, { source: 'a', detail: { state: ['off', 'on'], level: null } }));
  assert.ok(!fits(pattern, { source: 'c', detail: { state: 'on', level: 1 } }));
  assert.ok(!fits(pattern, { source: 'a', detail: { state: 'on' } }));
  assert.ok(!fits(pattern, { source: 'a', detail: { state: 'on', level: '1' } }));
});

test('each operator takes what AWS says it takes', () => {
  const cases: readonly (readonly [unknown, readonly unknown[], readonly unknown[]])[] = [
    [{ prefix: 'us-' }, ['us-east-1'], ['eu-us-', 5]],
    [{ prefix: { 'equals-ignore-case': 'US-' } }, ['us-east-1', 'Us-x'], ['eu']],
    [{ suffix: '.png' }, ['a.png', '.png'], ['a.PNG', 'png']],
    [{ 'equals-ignore-case': 'Alice' }, ['alice', 'ALICE'], ['alic', null]],
    [{ wildcard: 'a*b*c' }, ['abc', 'a-b-c', 'abbbcbc'], ['ab', 'xabc', 'abcx']],
    [{ wildcard: '*' }, ['', 'x'], [1]],
    [{ wildcard: 'a\\*b' }, ['a*b'], ['axb']],
    [{ 'anything-but': ['a', 1] }, ['b', 2, null, true], ['a', 1]],
    [{ 'anything-but': 'a' }, ['b'], ['a']],
    [{ 'anything-but': { prefix: 'a' } }, ['b', 1], ['ab']],
    [{ 'anything-but': { suffix: ['a', 'b'] } }, ['c'], ['xa', 'xb']],
    [{ 'anything-but': { wildcard: '*.png' } }, ['a.gif'], ['a.png']],
    [{ numeric: ['>', 0, '<=', 5] }, [0.1, 5], [0, 5.1, '3']],
    [{ numeric: ['=', 3] }, [3, 3.0], [4]],
    [{ cidr: '10.0.0.0/24' }, ['10.0.0.255'], ['10.0.1.0', 'x', 1]],
    [{ cidr: '2001:db8::/32' }, ['2001:db8::1'], ['2001:db9::1', '10.0.0.1']],
    [{ exists: true }, ['x', 0, null], []],
  ];
  for (const [operator, good, bad] of cases) {
    for (const value of good) assert.ok(fits({ k: [operator] }, { k: value }), `${JSON.stringify([operator, value])}`);
    for (const value of bad) assert.ok(!fits({ k: [operator] }, { k: value }), `${JSON.stringify([operator, value])}`);
    if (!('exists' in (operator as object))) assert.ok(!fits({ k: [operator] }, {}), 'nothing is there');
  }
});

test('what must not be there may stand beside what may', () => {
  assert.ok(fits({ k: [{ exists: false }] }, {}));
  assert.ok(fits({ k: [{ exists: false }, 'a'] }, { k: 'a' }));
  assert.ok(!fits({ k: [{ exists: false }] }, { k: null }));
  assert.ok(fits({ a: { b: [{ exists: false }] } }, {}), 'nor what would hold it');
  assert.ok(fits({ k: [{ exists: false }] }, { k: { deeper: 1 } }), 'only what is no object counts');
});

test('alternatives fit when one does, together with everything beside them', () => {
  const pattern = { source: ['s'], $or: [{ a: [1] }, { b: [{ numeric: ['>', 5] }] }] };
  assert.ok(fits(pattern, { source: 's', a: 1 }));
  assert.ok(fits(pattern, { source: 's', a: 2, b: 6 }));
  assert.ok(!fits(pattern, { source: 's', a: 2, b: 5 }));
  assert.ok(!fits(pattern, { source: 'x', a: 1 }));
  assert.ok(fits({ $or: ['x'] }, { $or: 'x' }), 'a field may have that name');
});

test('a dialect refuses the operators that its service does not have', () => {
  const plain: PatternDialect = { operators: new Set(['prefix']), or: false, nested: false };
  assert.ok(fits({ k: [{ prefix: 'a' }] }, { k: 'ab' }, plain));
  assert.throws(() => fits({ k: [{ suffix: 'a' }] }, {}, plain), PatternFault);
  assert.throws(() => fits({ k: { inner: ['a'] } }, {}, plain), PatternFault);
});

test('what is no pattern is refused', () => {
  const bad: readonly unknown[] = [
    null,
    [],
    {},
    { k: [] },
    { k: 'a' },
    { k: [['a']] },
    { k: [{}] },
    { k: [{ prefix: 1 }] },
    { k: [{ prefix: 'a', suffix: 'b' }] },
    { k: [{ exists: 'yes' }] },
    { k: [{ numeric: ['>'] }] },
    { k: [{ numeric: ['~', 1] }] },
    { k: [{ numeric: ['>', 6e9] }] },
    { k: [{ cidr: '10.0.0.0' }] },
    { k: [{ 'anything-but': [] }] },
    { k: [{ wildcard: 'a**' }] },
    { k: [{ nonsense: 1 }] },
  ];
  for (const pattern of bad) assert.throws(() => compilePattern(pattern, everything), PatternFault);
});

test('any JSON is a pattern or refused, and is held against any event without harm', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (pattern, event) => {
      try {
        assert.equal(typeof fits(pattern, event), 'boolean');
      } catch (error) {
        assert.ok(error instanceof PatternFault);
      }
    }),
  );
});

test('a wildcard fits as the same regular expression does', () => {
  const piece = fc.stringMatching(/^[ab]{0,3}$/);
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[ab]{0,10}$/), (pieces, text) => {
      const wanted = pieces.filter((part, at) => part !== '' || at === 0 || at === pieces.length - 1).join('*');
      if (wanted.includes('**')) return;
      const expression = new RegExp(`^${wanted.replaceAll('*', '.*')}$`);
      assert.equal(fits({ k: [{ wildcard: wanted }] }, { k: text }), expression.test(text));
    }),
  );
});
