import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeFrame } from '../aws/protocol/event-stream/frame.ts';
import { eventStreamMessages } from './event-stream-messages.ts';

async function read(bytes: Buffer, cuts: readonly number[] = []): Promise<readonly (readonly [string, string])[]> {
  const points = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  const parts = points.slice(1).map((point, at) => bytes.subarray(points[at], point));
  const messages: [string, string][] = [];
  const chunks = (async function* () {
    yield* parts;
  })();
  for await (const { headers, payload } of eventStreamMessages(chunks)) {
    messages.push([headers.get(':event-type') ?? '', payload.toString('latin1')]);
  }
  return messages;
}

const frame = (type: string, payload: string): Buffer =>
  encodeFrame(
    [
      [':message-type', 'event'],
      [':event-type', type],
    ],
    Buffer.from(payload, 'latin1'),
  );

test('messages are the same however the network cuts them', async () => {
  const payloads = fc.array(fc.string({ unit: 'binary-ascii' }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(payloads, fc.array(fc.nat(), { maxLength: 12 }), async (texts, cuts) => {
      const bytes = Buffer.concat(texts.map((text) => frame('PayloadChunk', text)));
      assert.deepEqual(
        await read(bytes, cuts),
        texts.map((text) => ['PayloadChunk', text]),
      );
    }),
  );
});

test('what is cut off, or is no event stream, is an error', async () => {
  await assert.rejects(read(frame('PayloadChunk', 'whole').subarray(0, -1)), /ended in the middle/);
  await assert.rejects(read(Buffer.alloc(40)), /no event stream/);
});
