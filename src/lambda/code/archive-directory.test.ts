import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bytes } from '../../kernel/quantity.ts';
import { readArchiveDirectory } from './archive-directory.ts';
import { ArchiveRefusal } from './archive-refusal.ts';
import { entryData } from './entry-data.ts';
import { linkTarget } from './link-target.ts';
import { link, type RawEntry, rawZip } from './raw-zip.fixture.ts';

const limits = { unpackedSize: bytes(10_000), entries: 20 };
const read = (archive: Buffer) => readArchiveDirectory(archive, limits);
const refusedAs = (kind: ArchiveRefusal['kind']) => (error: unknown) =>
  error instanceof ArchiveRefusal && error.kind === kind;

test('an ordinary archive is read, folders and modes included', async () => {
  const entries = await read(
    rawZip([
      { name: 'lib/', mode: 0o040755 },
      { name: 'lib/index.js', data: 'x', mode: 0o100755 },
      { name: './a.txt', data: 'hello', stored: true },
      { name: 'windows\\b.txt', data: 'w', madeBy: 0 },
    ]),
  );
  assert.deepEqual(
    entries.map(({ path, kind, mode, size }) => ({ path, kind, mode, size })),
    [
      { path: 'lib', kind: 'directory', mode: 0o755, size: 0 },
      { path: 'lib/index.js', kind: 'file', mode: 0o755, size: 1 },
      { path: 'a.txt', kind: 'file', mode: 0o644, size: 5 },
      { path: 'windows/b.txt', kind: 'file', mode: 0, size: 1 },
    ],
  );
});

const unreadable: Readonly<Record<string, readonly RawEntry[]>> = {
  'an absolute name': [{ name: '/etc/passwd', data: 'x' }],
  'a name that climbs out': [{ name: 'a/../../x', data: 'x' }],
  'a name that climbs out with backslashes': [{ name: '..\\x', data: 'x' }],
  'a drive letter': [{ name: 'C:/x', data: 'x' }],
  'a NUL in a name': [{ name: 'a\0b', data: 'x' }],
  'a name too long for any file system': [{ name: 'n'.repeat(300), data: 'x' }],
  'the same name twice': [{ name: 'a' }, { name: './a' }],
  'a file inside of a file': [{ name: 'a' }, { name: 'a/b' }],
  'a file inside of a link': [link('a', 'b'), { name: 'a/b' }],
  'an encrypted entry': [{ name: 'a', data: 'x', flags: 1 }],
  'a compression that Lambda does not know': [{ name: 'a', data: 'x', method: 12 }],
  'a size that deflate cannot reach': [{ name: 'a', data: 'x', size: 9_000 }],
  'a stored entry with another size': [{ name: 'a', data: 'x', stored: true, size: 2 }],
  'a link to nowhere': [link('a', '')],
  'more entries than allowed': Array.from({ length: 21 }, (_, i) => ({ name: `f${i}` })),
};

for (const [what, entries] of Object.entries(unreadable)) {
  test(`an archive with ${what} is refused`, async () => {
    await assert.rejects(read(rawZip(entries)), refusedAs('unreadable'));
  });
}

test('what is not a zip, or cut short, is refused', async () => {
  const whole = rawZip([{ name: 'a', data: 'hello' }]);
  for (const archive of [Buffer.alloc(0), Buffer.from('hello'), whole.subarray(0, -5), whole.subarray(10)]) {
    await assert.rejects(read(archive), refusedAs('unreadable'));
  }
});

test('an archive without a file in it is called empty', async () => {
  await assert.rejects(read(rawZip([])), refusedAs('empty'));
  await assert.rejects(read(rawZip([{ name: 'd/', mode: 0o040755 }])), refusedAs('empty'));
});

test('an archive that unpacks to more than the limit is refused for that', async () => {
  const half = 'x'.repeat(5_001);
  await assert.rejects(
    read(
      rawZip([
        { name: 'a', data: half },
        { name: 'b', data: half },
      ]),
    ),
    refusedAs('too-large'),
  );
});

test('data that is not what the directory says is refused', async () => {
  const lies: readonly RawEntry[] = [
    { name: 'a', data: 'hello', size: 4 },
    { name: 'a', data: 'hello', size: 6 },
    { name: 'a', data: 'hello', crc: 1 },
  ];
  for (const lie of lies) {
    const archive = rawZip([lie]);
    const [entry] = await read(archive);
    assert.ok(entry);
    assert.throws(() => entryData(archive, entry), refusedAs('unreadable'));
  }
});

test('links stay inside of the package', async () => {
  const targets: readonly (readonly [from: string, target: string, allowed: boolean])[] = [
    ['a', 'b', true],
    ['bin/tool', '../lib/tool.js', true],
    ['a', './x/y', true],
    ['a', '.', true],
    ['a', '..', false],
    ['a', '../x', false],
    ['d/e/a', '../../../x', false],
    ['a', '/etc/passwd', false],
    ['a', 'b/../../x', false],
    ['d/a', 'b/..', false],
  ];
  for (const [from, target, allowed] of targets) {
    const archive = rawZip([link(from, target)]);
    const [entry] = await read(archive);
    assert.ok(entry);
    if (allowed) assert.equal(linkTarget(archive, entry), target);
    else assert.throws(() => linkTarget(archive, entry), refusedAs('unreadable'), `${from} -> ${target}`);
  }
});

test('whatever bytes come, they are read or refused', async () => {
  const whole = rawZip([{ name: 'a/b', data: 'hello'.repeat(20) }, link('l', 'a/b')]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const damaged = Buffer.from(whole);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          for (const entry of await read(damaged)) entryData(damaged, entry);
        } catch (error) {
          assert.ok(error instanceof ArchiveRefusal, String(error));
        }
      },
    ),
    { numRuns: 300 },
  );
});
