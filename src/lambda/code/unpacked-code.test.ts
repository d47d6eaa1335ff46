import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { silentLogger } from '../../kernel/logger.ts';
import { bytes, milliseconds } from '../../kernel/quantity.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { ArchiveRefusal } from './archive-refusal.ts';
import { CodeStore } from './code-store.ts';
import { link, rawZip } from './raw-zip.fixture.ts';
import { UnpackedCode } from './unpacked-code.ts';

const signal = new AbortController().signal;

function openCode() {
  const directory = mkdtempSync(join(tmpdir(), 'unpacked-code-'));
  const clock = new VirtualClock();
  const random = systemRandom;
  const store = new CodeStore({ directory: join(directory, 'a'), random, onRemoved: (code) => unpacked.discard(code) });
  const unpacked = new UnpackedCode({
    directory: join(directory, 'u'),
    archivePath: (code) => store.pathOf(code),
    unpackedSize: bytes(50_000_000),
    clock,
    random,
    logger: silentLogger,
  });
  return {
    store,
    unpacked,
    clock,
    directory,
    folders: () => readdirSync(join(directory, 'u')),
    async [Symbol.asyncDispose]() {
      await unpacked[Symbol.asyncDispose]();
      store[Symbol.dispose]();
      assert.deepEqual(readdirSync(directory), [], 'nothing is left');
      assert.equal(clock.waiting, 0, 'no timer is left');
      rmSync(directory, { recursive: true });
    },
  };
}

const sample = [
  { name: 'bin/', mode: 0o040700 },
  { name: 'bin/run', data: '#!/bin/sh', mode: 0o100700 },
  { name: 'secret.txt', data: 'hello', mode: 0o100600 },
  { name: 'writable', data: '', mode: 0o100666 },
  { name: 'dos.txt', data: 'dos', madeBy: 0 },
  link('current', 'bin/run'),
];

test('a package is unpacked with its links, readable for all and writable for none but its owner', async () => {
  await using code = openCode();
  const folder = await code.unpacked.directoryOf(await code.store.put(rawZip(sample)), signal);
  const mode = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);
  assert.equal(readFileSync(join(folder, 'secret.txt'), 'utf8'), 'hello');
  assert.equal(readlinkSync(join(folder, 'current')), 'bin/run');
  assert.deepEqual(['bin', 'bin/run', 'secret.txt', 'writable', 'dos.txt'].map(mode), [
    '755',
    '744',
    '644',
    '644',
    '444',
  ]);
  assert.equal(statSync(folder).mode & 0o777, 0o755);
});

test('callers at the same time share one folder', async () => {
  await using code = openCode();
  const reference = await code.store.put(rawZip(sample));
  const folders = await Promise.all([1, 2, 3].map(() => code.unpacked.directoryOf(reference, signal)));
  assert.equal(new Set(folders).size, 1);
  assert.equal(code.folders().length, 1);
});

test('a large package is unpacked in a worker', async () => {
  await using code = openCode();
  const big = Buffer.alloc(3_000_000, 'abc');
  const folder = await code.unpacked.directoryOf(
    await code.store.put(rawZip([...sample, { name: 'big', data: big }])),
    signal,
  );
  assert.ok(readFileSync(join(folder, 'big')).equals(big));
});

for (const where of ['here', 'in a worker']) {
  test(`a damaged package unpacked ${where} leaves nothing`, async () => {
    await using code = openCode();
    const padding = Buffer.alloc(where === 'here' ? 10 : 3_000_000, 'x');
    const archive = rawZip([
      { name: 'a', data: padding },
      { name: 'b', data: 'hello', crc: 1 },
    ]);
    const reference = await code.store.put(archive);
    await assert.rejects(code.unpacked.directoryOf(reference, signal), ArchiveRefusal);
    assert.deepEqual(code.folders(), []);
  });
}

test('a caller that gives up does not stop the others', async () => {
  await using code = openCode();
  const reference = await code.store.put(rawZip(sample));
  const impatient = new AbortController();
  const first = code.unpacked.directoryOf(reference, impatient.signal);
  const second = code.unpacked.directoryOf(reference, signal);
  impatient.abort(new Error('gone'));
  await assert.rejects(first, /gone/);
  assert.ok(existsSync(await second));
});

test('code that no version uses any more stays while an invocation could run from it', async () => {
  await using code = openCode();
  const reference = await code.store.put(rawZip(sample));
  const folder = await code.unpacked.directoryOf(reference, signal);
  code.store.release(reference);
  code.clock.advance(milliseconds(15 * 60_000));
  assert.ok(existsSync(join(folder, 'secret.txt')));
  const again = await code.store.put(rawZip(sample));
  assert.equal(await code.unpacked.directoryOf(again, signal), folder, 'wanted again, kept');
  code.clock.advance(milliseconds(60 * 60_000));
  assert.ok(existsSync(folder));
  code.store.release(again);
  code.clock.advance(milliseconds(16 * 60_000));
  const anew = await code.unpacked.directoryOf(await code.store.put(rawZip(sample)), signal);
  assert.notEqual(anew, folder);
});
