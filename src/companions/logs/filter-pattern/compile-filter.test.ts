import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileFilter } from './compile-filter.ts';
import { InvalidFilterPattern } from './message-test.ts';

/** Pattern, messages that fit, messages that do not. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['', ['', 'anything'], []],
  ['ERROR', ['[ERROR 1] x', 'ERROR'], ['error', '']],
  ['ERROR 404', ['404 ERROR'], ['ERROR 500']],
  ['?ERROR ?WARN', ['a WARN', 'ERROR'], ['INFO']],
  ['ERROR -404', ['ERROR 500'], ['ERROR 404', 'INFO']],
  ['"not found"', ['it was not found'], ['found not']],
  ['%4[0-9]{2}%', ['status 404'], ['status 500']],
  ['{ $.level = "ERROR" }', ['{"level":"ERROR"}'], ['{"level":"INFO"}', '{}', 'level ERROR', '["level"]']],
  ['{ $.level = ERR* }', ['{"level":"ERROR"}'], ['{"level":"WARN"}']],
  ['{ $.level != "ERROR" }', ['{"level":"INFO"}'], ['{"level":"ERROR"}', '{}']],
  ['{ $.a.b[1].c > 5 }', ['{"a":{"b":[0,{"c":6}]}}'], ['{"a":{"b":[0,{"c":5}]}}', '{"a":{"b":[]}}']],
  ['{ ($.a = 1 || $.b = 2) && $.c <= 3.5 }', ['{"a":1,"c":3.5}', '{"b":2,"c":0}'], ['{"a":1,"c":4}', '{"c":1}']],
  ['{ $.gone IS NULL }', ['{"gone":null}'], ['{}', '{"gone":1}']],
  ['{ $.gone NOT EXISTS }', ['{}'], ['{"gone":null}']],
  ['{ $.ok IS TRUE }', ['{"ok":true}'], ['{"ok":"true"}', '{"ok":false}']],
  ['{ $.ip = %10\\.0\\..*% }', ['{"ip":"10.0.1.2"}'], ['{"ip":"11.0.1.2"}']],
  ['{ $["odd name"] = x }', ['{"odd name":"x"}'], ['{"odd":"x"}']],
  ['[ip, user, status=4*, bytes]', ['1.2.3.4 me 404 10'], ['1.2.3.4 me 500 10', '1.2.3.4 me 404']],
  ['[ip, ..., bytes > 100]', ['1.2.3.4 a b 404 101', '1.2.3.4 101'], ['1.2.3.4 a 100', '101']],
  [
    '[ip, time, request="GET *", status]',
    ['1.2.3.4 [10/Oct/2000 13:55] "GET /a b" 200'],
    ['1.2.3.4 [x] "POST /a" 200'],
  ],
  ['[a, b=x || b=y]', ['1 x', '1 y'], ['1 z']],
];

test('patterns fit what the user guide says they fit', () => {
  for (const [pattern, good, bad] of cases) {
    const fits = compileFilter(pattern);
    for (const message of good) assert.ok(fits(message), `${pattern} fits ${message}`);
    for (const message of bad) assert.ok(!fits(message), `${pattern} does not fit ${message}`);
  }
});

test('what is no pattern is refused', () => {
  for (const pattern of [
    '{ $.a }',
    '{ $.a = }',
    '{ a = 1 }',
    '{ ($.a = 1 }',
    '{ $.a > x }',
    '{ $.a IS ODD }',
    '[a, =1]',
    '%(%',
    '"open',
    '[..., a, ...]',
  ]) {
    assert.throws(() => compileFilter(pattern), InvalidFilterPattern, pattern);
  }
});

test('any text is a pattern or refused, and is held against any message without harm', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '$.a',
    '=',
    '"x"',
    '&&',
    '||',
    '(',
    ')',
    '...',
    ',',
    '%a%',
    'IS',
    'NULL',
    '-',
    '?',
    ' ',
    '5',
  );
  const pattern = fc.oneof(
    fc.string(),
    fc.array(part).map((parts) => parts.join(' ')),
    fc.array(part).map((parts) => `{${parts.join(' ')}}`),
  );
  fc.assert(
    fc.property(pattern, fc.oneof(fc.string(), fc.json()), (text, message) => {
      try {
        assert.equal(typeof compileFilter(text)(message), 'boolean');
      } catch (error) {
        assert.ok(error instanceof InvalidFilterPattern, String(error));
      }
    }),
  );
});

test('terms fit exactly the messages that hold all of them', () => {
  const word = fc.stringMatching(/^[a-c]{1,3}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.stringMatching(/^[a-c ]{0,12}$/),
      (words, message) => {
        assert.equal(
          compileFilter(words.join(' '))(message),
          words.every((each) => message.includes(each)),
        );
      },
    ),
  );
});
