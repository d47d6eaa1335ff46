import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MarkedOutput } from './marked-output.ts';

/** What comes out, and how much of it had when the report came. */
function read(chunks: readonly Buffer[]): { output: string; reports: [number, number][] } {
  const seen: Buffer[] = [];
  const text = (): string => Buffer.concat(seen).toString('latin1');
  const reports: [number, number][] = [];
  const marked = new MarkedOutput(
    'mark',
    (chunk) => void seen.push(Buffer.from(chunk)),
    (status) => void reports.push([status, text().length]),
  );
  for (const chunk of chunks) marked.write(chunk);
  marked.end();
  return { output: text(), reports };
}

function cut(text: string, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  const whole = Buffer.from(text, 'latin1');
  for (let at = 0, turn = 0; at < whole.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(whole.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
/** Made of what a report is made of, too. */
const output = fc.array(fc.constantFrom('a', '\n', '\0', '\0mark', '\0mark 1234\n', '\0mark x\n'));

test('the report is found wherever the output is cut, after all that was written before it', () => {
  fc.assert(
    fc.property(output, output, fc.integer({ min: 0, max: 255 }), sizes, (before, after, status, lengths) => {
      // Directly before a report a piece of one would make another.
      const [first, second] = [`${before.join('')}.`, after.join('')];
      const found = read(cut(`${first}\0mark ${status}\n${second}`, lengths));
      assert.deepEqual(found, { output: first + second, reports: [[status, first.length]] });
    }),
  );
});

test('what only resembles a report is output', () => {
  for (const text of ['\0', '\0mark', '\0mark ', '\0mark 12', '\0mark \n', '\0mark 1x\n', '\0other 1\n']) {
    assert.deepEqual(read([Buffer.from(text)]), { output: text, reports: [] }, JSON.stringify(text));
  }
});
