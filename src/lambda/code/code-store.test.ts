import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import test from 'node:test';
import { systemRandom } from '../../kernel/random.ts';
import type { CodeReference } from './code-reference.ts';
import { CodeStore } from './code-store.ts';

function openStore() {
  const parent = mkdtempSync(join(tmpdir(), 'code-store-'));
  const removed: CodeReference[] = [];
  const directory = join(parent, 'archives');
  const store = new CodeStore({ directory, random: systemRandom, onRemoved: (code) => removed.push(code) });
  return {
    store,
    removed,
    files: () => readdirSync(directory),
    [Symbol.dispose]() {
      store[Symbol.dispose]();
      store[Symbol.dispose]();
      assert.deepEqual(readdirSync(parent), []);
      rmSync(parent, { recursive: true });
    },
  };
}

test('an archive is kept once, by its digest, until its last use is given back', async () => {
  using code = openStore();
  const archive = Buffer.from('an archive');
  const [first, second] = await Promise.all([code.store.put(archive), code.store.put(Buffer.from(archive))]);
  assert.equal(first.sha256, createHash('sha256').update(archive).digest('base64'));
  assert.equal(first.size, archive.length);
  assert.equal(code.files().length, 1);
  assert.equal(code.store.usedSize, 2 * archive.length);
  assert.deepEqual(await buffer(code.store.read(second)), archive);

  code.store.retain(first);
  for (const left of [2, 1]) {
    code.store.release(first);
    assert.equal(code.store.usedSize, left * archive.length);
  }
  assert.deepEqual(code.removed, []);
  code.store.release(first);
  assert.deepEqual(code.removed, [first]);
  assert.deepEqual(code.files(), []);
  assert.equal(code.store.usedSize, 0);
  assert.equal(code.store.has(first), false);
});

test('an archive that was removed can be kept again', async () => {
  using code = openStore();
  const archive = Buffer.from('again');
  code.store.release(await code.store.put(archive));
  const again = await code.store.put(archive);
  assert.deepEqual(await buffer(code.store.read(again)), archive);
});
