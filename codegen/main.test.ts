import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the committed tables are what the generator makes of the installed SDK', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [main, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
