/** The runner of test files must count what goes wrong around the tests too: crashes, hangs, files without tests. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runTestFile } from './test-file.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lambdad-scripts-'));
after(() => rmSync(folder, { recursive: true }));

function run(code, silence = 60_000) {
  const file = join(folder, `${Math.random()}.test.mjs`);
  writeFileSync(file, `import { test, suite } from 'node:test';\n${code}`);
  return runTestFile(process.execPath, file, { signal: new AbortController().signal, silence });
}

const names = ({ failures }) => failures.map(({ name }) => name);

test('passes, failures and skips are told apart, and a parent of a failed test does not count twice', async () => {
  const result = await run(`
    test('good', () => {});
    test('parent', (t) => t.test('bad', () => { throw new Error('bo\\u2028om'); }));
    suite('suite', () => { test('inner', () => {}); });
    test('skipped', { skip: 'no tool' }, () => {});
  `);
  assert.equal(result.passed, 2);
  assert.deepEqual(names(result), ['bad']);
  assert.match(result.failures[0].text, /bo\u2028om/);
  assert.deepEqual(result.skipped, [{ name: 'skipped', reason: 'no tool' }]);
});

test('a file that cannot be loaded, ends by a signal or holds no test is a failure', async () => {
  assert.deepEqual(names(await run('throw new Error("at import");')), ['the process ended with exit code 1']);
  assert.deepEqual(names(await run('test("a", () => process.kill(process.pid, "SIGKILL"));')), [
    'the process was ended by SIGKILL',
  ]);
  assert.deepEqual(names(await run('')), ['the file holds no test']);
});

test('a file that stays open after its last test is ended and is a failure', async () => {
  const result = await run('test("a", () => {}); setInterval(() => {}, 1000);', 2_000);
  assert.equal(result.passed, 1);
  assert.deepEqual(names(result), ['the file did nothing for 2 seconds']);
});

test('an error after the end of its test is a failure with its text', async () => {
  const result = await run('test("a", () => { setTimeout(() => { throw new Error("late"); }, 20); });');
  assert.deepEqual(names(result), ['the process ended with exit code 1']);
  assert.match(result.failures[0].text, /late/);
});
