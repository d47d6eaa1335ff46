import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import { systemRandom } from '../../kernel/random.ts';
import { CodeDirectory } from './code-directory.ts';

test('what a killed daemon left is removed, what a running one uses and what is not ours is not', () => {
  const parent = mkdtempSync(join(tmpdir(), 'code-directory-'));
  const { pid: dead } = spawnSync(process.execPath, ['--version']);
  for (const name of [`${dead}-00000000`, `${process.ppid}-00000000`, 'notes']) {
    mkdirSync(join(parent, name, 'unpacked'), { recursive: true });
  }
  writeFileSync(join(parent, `${dead}-00000000`, 'unpacked', 'index.js'), '');
  const one = new CodeDirectory(parent, systemRandom);
  const other = new CodeDirectory(parent, systemRandom);
  assert.deepEqual(
    readdirSync(parent).sort(),
    [`${process.ppid}-00000000`, basename(one.path), basename(other.path), 'notes'].sort(),
  );
  one[Symbol.dispose]();
  one[Symbol.dispose]();
  assert.deepEqual([existsSync(one.path), existsSync(other.path)], [false, true]);
  rmSync(parent, { recursive: true });
});
