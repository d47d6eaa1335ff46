import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import { systemRandom } from '../../../kernel/random.ts';
import { contentOf, joined, readContent, release, shared } from './content.ts';
import { ContentStore } from './content-store.ts';

const folder = await mkdtemp(join(tmpdir(), 'lambdad-content-'));
const store = new ContentStore(join(folder, 's3'), systemRandom);
after(async () => {
  await store[Symbol.asyncDispose]();
  assert.deepEqual(await readdir(folder), []);
  await rm(folder, { recursive: true });
});

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const filesOf = async (): Promise<number> => (await readdir(join(folder, 's3')).catch(() => [])).length;

suite('content', () => {
  test('of any size comes back, whole and in any part, joined or shared', async () => {
    const sizes = fc.array(fc.constantFrom(0, 1, 16_384, 16_385, 40_000, 1_200_000), { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (all, from, upTo) => {
      const bytes = all.map((size, index) => Buffer.alloc(size, `${index}abc`));
      const received = await Promise.all(bytes.map((one) => store.receive(pieces(one, 30_000))));
      const content = joined(received.map(contentOf));
      const expected = Buffer.concat(bytes);
      assert.ok((await whole(readContent(content))).equals(expected));
      const start = from % (expected.length + 1);
      const length = upTo % (expected.length - start + 1);
      const part = shared(content, start, length);
      release(content);
      assert.ok((await whole(readContent(part))).equals(expected.subarray(start, start + length)));
      release(part);
    });
    await fc.assert(property, { numRuns: 30 });
  });

  test('stays while it is read, and leaves no file', async () => {
    const stored = await store.receive(pieces(Buffer.alloc(600_000, 'x'), 50_000));
    const reader = stored.read(0, 600_000);
    const first = await reader.next();
    stored.release();
    let size = first.value?.length ?? 0;
    for await (const chunk of reader) size += chunk.length;
    assert.equal(size, 600_000);
    while ((await filesOf()) > 0);
  });

  test('that breaks off leaves no file', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(700_000);
      throw new Error('cut');
    }
    await assert.rejects(store.receive(broken()), /cut/);
    while ((await filesOf()) > 0);
  });
});
