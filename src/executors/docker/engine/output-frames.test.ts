import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OutputFrames } from './output-frames.ts';

function frame(stream: number, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

test('the content of all frames comes out whole, wherever the stream is cut', () => {
  const contents = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array()));
  fc.assert(
    fc.property(contents, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (frames, cuts) => {
      const sent = Buffer.concat(frames.map(([stream, content]) => frame(stream, Buffer.from(content))));
      const received: Buffer[] = [];
      const reader = new OutputFrames((chunk) => received.push(Buffer.from(chunk)));
      for (let at = 0, turn = 0; at < sent.length; turn += 1) {
        const size = cuts[turn % cuts.length] ?? 1;
        reader.write(sent.subarray(at, at + size));
        at += size;
      }
      assert.deepEqual(Buffer.concat(received), Buffer.concat(frames.map(([, content]) => content)));
    }),
  );
});
