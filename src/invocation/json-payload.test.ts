import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonFaultOf } from './json-payload.ts';

const values =
  "expected a valid value (JSON String, Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')";
const tokens = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** The sentences are those of AWS's parser, Jackson. */
const faults = [
  ['hello', 1, 6, `Unrecognized token 'hello': ${tokens}`],
  ['{"a": nope}', 1, 11, `Unrecognized token 'nope': ${tokens}`],
  ['{"a" 1}', 1, 6, "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"],
  ['{"a":1 "b":2}', 1, 8, `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`],
  ['[1 2]', 1, 4, "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
  ['{a:1}', 1, 2, "Unexpected character ('a' (code 97)): was expecting double-quote to start field name"],
  ["{'a':1}", 1, 2, "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
  ['{"a":1,}', 1, 8, "Unexpected character ('}' (code 125)): was expecting double-quote to start field name"],
  ['[1,]', 1, 4, `Unexpected character (']' (code 93)): ${values}`],
  ['{"a":}', 1, 6, `Unexpected character ('}' (code 125)): ${values}`],
  [
    '{\n  "a": 1,\n  "b": [1, 2\n}',
    4,
    1,
    "Unexpected character ('}' (code 125)): was expecting comma to separate Array entries",
  ],
  ['{"a":1', 1, 7, 'Unexpected end-of-input: expected close marker for Object'],
  ['[[1]', 1, 5, 'Unexpected end-of-input: expected close marker for Array'],
  ['"\\x"', 1, 3, "Unrecognized character escape 'x' (code 120)"],
  ['"\\u12z4"', 1, 6, "Unexpected character ('z' (code 122)): expected a hex-digit for character escape sequence"],
  ['"\\u12', 1, 6, 'Unexpected end-of-input: was expecting closing quote for a string value'],
  ['"open', 1, 6, 'Unexpected end-of-input: was expecting closing quote for a string value'],
  [
    '"a\nb"',
    1,
    3,
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
  ],
  ['  \n ', 2, 2, 'No content to map due to end-of-input'],
] as const;

for (const [text, line, column, reason] of faults) {
  test(`${JSON.stringify(text)} is refused in the words of AWS`, () => {
    assert.deepEqual(jsonFaultOf(Buffer.from(text)), { reason, line, column });
  });
}

test('text that is JSON but for its encoding is refused where the bytes go wrong', () => {
  const payload = Buffer.concat([Buffer.from('{\n"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  assert.deepEqual(jsonFaultOf(payload), { reason: 'Invalid UTF-8 start byte 0xff', line: 2, column: 6 });
});

test('whatever JSON.stringify writes has no fault, white space around it included', () => {
  const space = fc.constantFrom('', ' ', '\n', '\t\r\n ');
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), space, space, (value, before, after) => {
      assert.equal(jsonFaultOf(Buffer.from(before + JSON.stringify(value) + after)), undefined);
    }),
  );
});

/** A JSON text, cut, doubled, or with something put into it. */
const mutated = fc
  .tuple(fc.json(), fc.nat(), fc.nat(20), fc.constantFrom('', ',', '}', ']', '"', '\\', '\u0001', 'x', '{', ':', '\n'))
  .map(([text, at, gone, inserted]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + inserted + text.slice(place + gone);
  });

test('a text has a fault exactly when JSON.parse refuses it, and the fault lies within the text', () => {
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: 'grapheme' })), (text) => {
      const fault = jsonFaultOf(Buffer.from(text));
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      assert.equal(fault === undefined, valid);
      if (fault === undefined) return;
      const lines = text.split('\n');
      assert.ok(fault.line >= 1 && fault.line <= lines.length);
      assert.ok(fault.column >= 1 && fault.column <= (lines[fault.line - 1]?.length ?? 0) + 1);
    }),
    { numRuns: 500 },
  );
});

test('any bytes are either JSON or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const fault = jsonFaultOf(Buffer.from(bytes));
      assert.ok(fault === undefined || fault.reason !== '');
    }),
  );
});

test('a million opening brackets are refused without a stack', () => {
  const fault = jsonFaultOf(Buffer.alloc(1_000_000, '['));
  assert.deepEqual(fault, {
    reason: 'Unexpected end-of-input: expected close marker for Array',
    line: 1,
    column: 1_000_001,
  });
});
