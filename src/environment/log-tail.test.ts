import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LogTail } from './log-tail.ts';

test('the tail is the end of all lines, 4,096 bytes of it at most', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 3000 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const tail = new LogTail();
      for (const added of lines) tail.add(added);
      const all = Buffer.from(lines.map((added) => `${added}\n`).join(''));
      assert.deepEqual(tail.bytes(), all.subarray(Math.max(0, all.length - 4096)));
    }),
  );
});

test('one line longer than the tail leaves its end', () => {
  const tail = new LogTail();
  tail.add('short');
  tail.add(`${'x'.repeat(10_000)}end`);
  assert.equal(tail.bytes().length, 4096);
  assert.match(tail.bytes().toString(), /xend\n$/);
});
