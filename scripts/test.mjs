/**
 * `npm test`: installs what is missing, runs the static checks and every test, and ends with the line
 * `N passed, N failed`. Arguments choose test files by a part of their path, and then the checks are left out.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { checks, runCheck } from './checks.mjs';
import { installNpmPackages, pinnedNode, root } from './npm-packages.mjs';
import { ensureSystemPrograms, systemPrograms } from './system-programs.mjs';
import { runTestFile } from './test-file.mjs';

const MINUTE = 60_000;
const WHOLE_RUN = 40 * MINUTE;
const SILENCE = 5 * MINUTE;
const CONCURRENCY = Math.max(3, Math.min(8, availableParallelism()));

const nothingSkipped = process.env.CI === 'true';
const wanted = process.argv.slice(2);
const tally = { passed: 0, failed: 0, skipped: 0 };

const print = (text) => process.stdout.write(`${text}\n`);

function failed(title, text) {
  tally.failed += 1;
  print(`FAILED ${title}`);
  if (text) print(text.replace(/^(?=.)/gm, '    '));
}

function runChecks() {
  for (const check of checks) {
    const { name, passed, text } = runCheck(check);
    if (passed) {
      tally.passed += 1;
      print(`ok     ${name}`);
    } else {
      failed(name, text);
    }
  }
}

function testFiles() {
  const files = ['src', 'codegen', 'test', 'scripts']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(root, folder, file)))
    .filter((file) => /\.test\.(?:ts|mjs)$/.test(file) && !file.includes(`${sep}node_modules${sep}`))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  // Those under test/ start whole daemons and take longest: first, so that they do not all wait at the end.
  const isLong = (file) => file.startsWith(join(root, 'test') + sep);
  return files.sort((a, b) => Number(isLong(b)) - Number(isLong(a)) || a.localeCompare(b));
}

function printResult({ file, passed, failures, skipped }, seconds) {
  tally.passed += passed;
  const good = failures.length === 0 && !(nothingSkipped && skipped.length > 0);
  print(`${good ? 'ok    ' : 'FAILED'} ${file} (${passed} passed, ${seconds} s)`);
  for (const { name, text, output } of failures) {
    failed(`${file} › ${name}`, output === undefined ? text : `${text}\n--- output of the file:\n${output}`);
  }
  for (const { name, reason } of skipped) {
    if (nothingSkipped) failed(`${file} › ${name}`, `skipped (${reason}), which CI=true does not allow`);
    else print(`SKIPPED ${file} › ${name}: ${reason}`);
    tally.skipped += nothingSkipped ? 0 : 1;
  }
}

async function runTests() {
  const files = testFiles();
  const ended = AbortSignal.timeout(WHOLE_RUN);
  const interrupted = new AbortController();
  // Test files have process groups of their own: a Ctrl-C does not reach them by itself.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
  const signal = AbortSignal.any([ended, interrupted.signal]);
  const worker = async () => {
    for (let file = files.shift(); file !== undefined && !interrupted.signal.aborted; file = files.shift()) {
      const began = performance.now();
      const result = await runTestFile(pinnedNode(), file, { signal, silence: SILENCE });
      printResult(result, ((performance.now() - began) / 1000).toFixed(1));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  if (interrupted.signal.aborted) failed('the run was interrupted', '');
}

async function main() {
  try {
    installNpmPackages();
  } catch (error) {
    failed('npm packages', error.message);
    return;
  }
  const missing = ensureSystemPrograms(Object.keys(systemPrograms));
  if (nothingSkipped)
    for (const name of missing) failed(`program ${name}`, `${name} ${systemPrograms[name].purpose} and is not here`);
  if (wanted.length === 0) runChecks();
  await runTests();
}

await main();
if (tally.skipped > 0) print(`${tally.skipped} skipped: see the lines above for what they need`);
process.exitCode = tally.failed === 0 ? 0 : 1;
print(`${tally.passed} passed, ${tally.failed} failed`);
