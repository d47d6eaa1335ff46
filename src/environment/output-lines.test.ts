import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OutputLines } from './output-lines.ts';

/** The lines of an output that arrives in these chunks. */
function linesOf(...chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const output = new OutputLines((line) => lines.push(line));
  for (const chunk of chunks) output.write(chunk);
  output.flush();
  return lines;
}

/** Cuts bytes at places given as fractions. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => Math.floor(place * bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\r\n', '\r', '\n\n', '🦊', 'é', '\u00a0')))
  .map((parts) => parts.join(''));
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

test('whatever the chunks, the lines are those of the text', () => {
  fc.assert(
    fc.property(text, places, (output, cuts) => {
      const bytes = Buffer.from(output);
      const expected = bytes.toString('utf8').split('\n');
      const last = expected.pop();
      const lines = [...expected.map((line) => line.replace(/\r$/, '')), last].filter((line) => line !== '');
      assert.deepEqual(linesOf(...cut(bytes, cuts)), lines);
    }),
  );
});

test('a line that is too long for one event is cut into the same pieces, whatever the chunks', () => {
  const bytes = Buffer.from(`${'é'.repeat(300_000)}\n${'x'.repeat(262_144)}\nend`);
  const whole = linesOf(bytes);
  assert.deepEqual(
    whole.map((line) => line.length),
    [262_144, 37_856, 262_144, 3],
  );
  fc.assert(
    fc.property(places, (cuts) => {
      assert.deepEqual(linesOf(...cut(bytes, cuts)), whole);
    }),
    { numRuns: 20 },
  );
});

test('a character that arrives in two halves is one character', () => {
  const [first = 0, ...rest] = Buffer.from('🦊\n');
  assert.deepEqual(linesOf(Buffer.of(first), Buffer.from(rest)), ['🦊']);
});

test('what is no UTF-8 shows as replacement characters and stops nothing', () => {
  assert.deepEqual(linesOf(Buffer.from([0xff, 0xfe, 0x0a, 0x61, 0x0a, 0xe2, 0x82])), ['\ufffd\ufffd', 'a', '\ufffd']);
});
