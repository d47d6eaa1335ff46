import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { createInstanceFolder, isLeftover, leftovers } from './instance-folder.ts';

test('the folder of a daemon that lives is not a leftover, the folder of a process that ended is', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'lambdad-instances-'));
  const mine = await createInstanceFolder(parent, process.pid);
  const gone = await createInstanceFolder(parent, 2 ** 30);
  assert.equal(isLeftover(basename(mine)), false);
  assert.deepEqual(leftovers(parent), [gone]);
  await rm(parent, { recursive: true });
});

test('a process that got the number of a killed daemon does not protect its folder', () => {
  assert.equal(isLeftover(`lambdad-${process.pid}-1-abcdef`), process.platform === 'linux');
  assert.equal(isLeftover(`lambdad-${process.pid}-1-abcdef-0123456789abcdef`), process.platform === 'linux');
});

test('nothing with another name is a leftover', () => {
  fc.assert(fc.property(fc.string(), (name) => !isLeftover(name)));
  assert.equal(isLeftover('lambdad-1073741824-1'), false);
});

test('a folder that does not exist has no leftovers', () => {
  assert.deepEqual(leftovers('/nowhere'), []);
});
