import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { firstFileOf, tarOf } from './tar-archive.ts';

test('an archive holds names, contents, modes and links, as the system reads it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-tar-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const long = 'n'.repeat(120);
  mkdirSync(join(folder, 'deep', long), { recursive: true });
  writeFileSync(join(folder, 'deep', long, `${long}.txt`), 'x'.repeat(1000));
  writeFileSync(join(folder, 'ünï'), Buffer.alloc(512, 'b'));
  writeFileSync(join(folder, 'empty'), '');
  chmodSync(join(folder, 'empty'), 0o750);
  symlinkSync(`${long}/${long}`, join(folder, 'link'));
  const archive = await buffer(tarOf(folder, 'var/task/'));
  assert.equal(archive.length % 512, 0);

  const listed = execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--quoting-style=literal'], {
    input: archive,
    encoding: 'utf8',
  });
  const lines = listed.trim().split('\n');
  const shown = lines.map((line) =>
    line
      .replaceAll(long, '<long>')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d /, '')
      .replace(/ +/g, ' '),
  );
  assert.deepEqual(shown, [
    'drwxr-xr-x 0/0 0 var/task/deep/',
    'drwxr-xr-x 0/0 0 var/task/deep/<long>/',
    '-rw-r--r-- 0/0 1000 var/task/deep/<long>/<long>.txt',
    '-rwxr-x--- 0/0 0 var/task/empty',
    'lrwxrwxrwx 0/0 0 var/task/link -> <long>/<long>',
    '-rw-r--r-- 0/0 512 var/task/ünï',
  ]);
});

test('the first file of an archive is found', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-tar-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'passwd'), 'root:x:0\n');
  assert.equal(firstFileOf(await buffer(tarOf(folder))).toString(), 'root:x:0\n');
});
