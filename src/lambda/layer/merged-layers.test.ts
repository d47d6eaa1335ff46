import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { silentLogger } from '../../kernel/logger.ts';
import { bytes, milliseconds } from '../../kernel/quantity.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { CodeReference } from '../code/code-reference.ts';
import { link, type RawEntry, rawZip } from '../code/raw-zip.fixture.ts';
import { openCodeOnDisk } from '../code-on-disk.ts';

const { signal } = new AbortController();
const minutes = (count: number) => milliseconds(count * 60_000);

function open() {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'merged-layers-'));
  const clock = new VirtualClock();
  const size = bytes(1_000_000);
  const limits = { totalCodeSize: size, codeSizeZipped: size, codeSizeUnzipped: size } as never;
  const code = openCodeOnDisk({ clock, random: systemRandom, logger: silentLogger, dataDirectory, limits });
  return {
    ...code,
    clock,
    layer: (entries: readonly RawEntry[]): Promise<CodeReference> => code.codeStore.put(rawZip(entries)),
    merge: (layers: readonly CodeReference[]): Promise<string> => code.mergedLayers.directoryOf(layers, signal),
    async [Symbol.asyncDispose]() {
      await code[Symbol.asyncDispose]();
      await code[Symbol.asyncDispose]();
      assert.deepEqual(readdirSync(join(dataDirectory, 'code')), []);
      assert.equal(clock.waiting, 0, 'no timer is left');
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

test('later layers cover earlier ones, file by file', async () => {
  await using it = open();
  const first = await it.layer([
    { name: 'python/one.py', data: 'first' },
    { name: 'python/both.py', data: 'first' },
    { name: 'bin/tool', data: '#!/bin/sh', mode: 0o100755 },
    link('link', 'python/one.py'),
  ]);
  const second = await it.layer([
    { name: 'python/both.py', data: 'second' },
    { name: 'python/two/three.py', data: 'second' },
  ]);
  const folder = await it.merge([first, second]);
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  assert.deepEqual(['python/one.py', 'python/both.py', 'python/two/three.py', 'link'].map(text), [
    'first',
    'second',
    'second',
    'first',
  ]);
  assert.equal(readlinkSync(join(folder, 'link')), 'python/one.py');
  assert.equal(statSync(join(folder, 'bin/tool')).mode & 0o777, 0o755);
  const reversed = await it.merge([second, first]);
  assert.equal(readFileSync(join(reversed, 'python/both.py'), 'utf8'), 'first', 'the order counts');
});

test('a file, a folder and a link cover one another, and nothing is written through a link', async () => {
  await using it = open();
  const kinds: readonly (readonly [kind: string, entries: readonly RawEntry[]])[] = [
    ['file', [{ name: 'x', data: 'file' }]],
    ['folder', [{ name: 'x/inside', data: 'folder' }]],
    ['link', [link('x', 'aside'), { name: 'aside/inside', data: 'aside' }]],
  ];
  const kindOf = (path: string): string => {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return 'link';
    return stat.isDirectory() ? 'folder' : 'file';
  };
  for (const [lowerKind, lower] of kinds) {
    for (const [upperKind, upper] of kinds) {
      const folder = await it.merge([await it.layer(lower), await it.layer(upper), await it.layer([{ name: 'y' }])]);
      assert.equal(kindOf(join(folder, 'x')), upperKind, `${upperKind} over ${lowerKind}`);
      if (existsSync(join(folder, 'aside'))) {
        assert.equal(readFileSync(join(folder, 'aside/inside'), 'utf8'), 'aside', `${upperKind} over ${lowerKind}`);
      }
    }
  }
});

test('the same layers in the same order are one folder, one layer alone is its own', async () => {
  await using it = open();
  const [a, b] = [await it.layer([{ name: 'a' }]), await it.layer([{ name: 'b' }])];
  const [one, other] = await Promise.all([it.merge([a, b]), it.merge([a, b])]);
  assert.equal(one, other);
  assert.notEqual(await it.merge([b, a]), one);
  assert.equal(await it.merge([a]), await it.unpackedCode.directoryOf(a, signal));
});

test('a folder whose layers are gone goes too, once nothing can run from it', async () => {
  await using it = open();
  const [a, b] = [await it.layer([{ name: 'a' }]), await it.layer([{ name: 'b' }])];
  const folder = await it.merge([a, b]);
  it.codeStore.release(a);
  it.clock.advance(minutes(15));
  assert.ok(existsSync(folder));
  const again = await it.layer([{ name: 'a' }]);
  assert.equal(await it.merge([again, b]), folder, 'wanted again, kept');
  it.clock.advance(minutes(60));
  assert.ok(existsSync(folder));
  it.codeStore.release(again);
  it.clock.advance(minutes(17));
  const anew = await it.merge([await it.layer([{ name: 'a' }]), b]);
  assert.notEqual(anew, folder);
});

test('a damaged layer leaves no folder behind', async () => {
  await using it = open();
  const [good, damaged] = [await it.layer([{ name: 'a' }]), await it.layer([{ name: 'b', data: 'b', crc: 1 }])];
  await assert.rejects(it.merge([good, damaged]));
  const layers = join(await it.unpackedCode.directoryOf(good, signal), '../../layers');
  assert.deepEqual(readdirSync(layers), []);
});
