import assert from 'node:assert/strict';
import test from 'node:test';
import { listedRuntimes } from './listed-runtimes.ts';
import { runtimeCatalogue } from './runtime-catalogue.ts';
import { checkRuntime, checkSnapStart } from './runtime-rules.ts';

test('each runtime is there once', () => {
  assert.equal(new Set(runtimeCatalogue.map((entry) => entry.id)).size, runtimeCatalogue.length);
});

test('runtimes are listed by filter, the supported ones by default', () => {
  const deprecated = [
    'nodejs14.x',
    'nodejs12.x',
    'python3.7',
    'java8',
    'go1.x',
    'provided',
    'dotnetcore3.1',
    'ruby2.7',
  ];
  assert.deepEqual(listedRuntimes(['deprecated']), deprecated);
  const supported = listedRuntimes([]);
  assert.ok(supported.includes(runtimeCatalogue[0]?.id ?? supported[0] ?? ('' as never)));
  assert.deepEqual(listedRuntimes(['supported']), supported);
  assert.deepEqual(listedRuntimes(['unknown']), supported);
  for (const filters of [['all'], ['supported', 'deprecated']]) {
    assert.equal(listedRuntimes(filters).length, runtimeCatalogue.length);
  }
  assert.equal(supported.length + deprecated.length, runtimeCatalogue.length);
});

test('withdrawn runtimes are refused only when that is asked for', () => {
  assert.doesNotThrow(() => checkRuntime('nodejs14.x', false));
  assert.throws(() => checkRuntime('nodejs14.x', true), /no longer supported/);
  assert.throws(() => checkRuntime('nodejs', false), /enum value set/);
});

test('snapshots are for the runtimes that AWS lists', () => {
  for (const runtime of ['java11', 'java25', 'python3.12', 'python3.15', 'dotnet8', 'dotnet10']) {
    assert.doesNotThrow(() => checkSnapStart(runtime, 'PublishedVersions'), runtime);
  }
  for (const runtime of ['java8.al2', 'python3.11', 'python3.9', 'dotnet6', 'nodejs24.x', 'provided.al2023']) {
    assert.throws(() => checkSnapStart(runtime, 'PublishedVersions'), /SnapStart/, runtime);
    assert.doesNotThrow(() => checkSnapStart(runtime, 'None'));
  }
});
