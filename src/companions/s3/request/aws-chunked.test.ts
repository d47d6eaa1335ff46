import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../../aws/service-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';

async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  for (const [index, place] of places.entries()) yield bytes.subarray(place, places[index + 1] ?? bytes.length);
}

async function decode(bytes: Buffer, cuts: readonly number[] = []) {
  const trailers = new Map<string, string>();
  const chunks: Buffer[] = [];
  for await (const chunk of decodeAwsChunked(pieces(bytes, cuts), trailers)) chunks.push(Buffer.from(chunk));
  return { content: Buffer.concat(chunks), trailers };
}

function encode(chunks: readonly Buffer[], signed: boolean, trailers: Readonly<Record<string, string>>): Buffer {
  const signature = signed ? `;chunk-signature=${'0'.repeat(64)}` : '';
  const parts = [...chunks.filter(({ length }) => length > 0), Buffer.alloc(0)].map((chunk) =>
    Buffer.concat([
      Buffer.from(`${chunk.length.toString(16)}${signature}\r\n`),
      chunk,
      Buffer.from(chunk.length > 0 ? '\r\n' : ''),
    ]),
  );
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`);
  return Buffer.concat([...parts, Buffer.from(`${lines.join('')}\r\n`)]);
}

const chunk = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const cuts = fc.array(fc.nat(2000), { maxLength: 20 });

test('any content comes out as it went in, wherever the network cuts it', async () => {
  const property = fc.asyncProperty(
    fc.array(chunk, { maxLength: 5 }),
    fc.boolean(),
    cuts,
    async (chunks, signed, at) => {
      const encoded = encode(chunks, signed, { 'x-amz-checksum-crc32': 'AAAAAA==' });
      const { content, trailers } = await decode(encoded, at);
      assert.deepEqual(content, Buffer.concat(chunks));
      assert.deepEqual([...trailers], [['x-amz-checksum-crc32', 'AAAAAA==']]);
    },
  );
  await fc.assert(property);
});

test('a body that ends before its last chunk is incomplete', async () => {
  const whole = encode([Buffer.from('hello'), Buffer.from('world')], false, {});
  for (let length = 0; length < whole.length - 4; length++) {
    await assert.rejects(decode(whole.subarray(0, length)), { code: 'IncompleteBody' }, String(length));
  }
});

test('any bytes are decoded or refused', async () => {
  const property = fc.asyncProperty(chunk, cuts, async (bytes, at) => {
    await decode(bytes, at).catch((error: unknown) => assert.ok(error instanceof ServiceError));
  });
  await fc.assert(property);
});

test('lines without end are not collected', async () => {
  await assert.rejects(decode(Buffer.alloc(100_000, '1')), { code: 'IncompleteBody' });
  await assert.rejects(decode(Buffer.from(`0\r\n${'a:b\r\n'.repeat(100_000)}`)), { code: 'IncompleteBody' });
});
