import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { test } from 'node:test';
import { silentLogger } from '../../kernel/logger.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { FolderWatch } from './folder-watch.ts';
import { WatchedFolder } from './watched-folder.fixture.ts';

test('a file that is written with other content is a change', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one', 'lib/deep/down.js': 'one' });
  it.write({ 'index.js': 'two' });
  await it.change();
  it.write({ 'lib/deep/down.js': 'two' });
  await it.change();
});

test('a file that is written with the content that it had is none', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one' });
  it.write({ 'index.js': 'one' });
  await it.look();
  assert.equal(it.changes, 0);
  it.write({ 'index.js': 'two' });
  await it.change();
  it.write({ 'index.js': 'two' });
  await it.look();
  assert.equal(it.changes, 1);
});

test('a file saved by renaming another over it is a change, and stays watched', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one' });
  it.write({ 'index.js~': 'two' });
  renameSync(it.path('index.js~'), it.path('index.js'));
  await it.change();
  it.write({ 'index.js': 'three' });
  await it.change();
});

test('files that come and go are changes, in new folders too', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one' });
  it.write({ 'new/deeper/more.js': 'one' });
  await it.change();
  it.write({ 'new/deeper/more.js': 'two' });
  await it.change();
  unlinkSync(it.path('new/deeper/more.js'));
  await it.change();
  mkdirSync(it.path('empty'));
  await it.look();
  assert.equal(it.changes, 3);
});

test('a folder that takes the place of another is a change when its content is', async () => {
  await using it = await WatchedFolder.with({ 'dist/index.js': 'one', 'next/index.js': 'two' });
  renameSync(it.path('dist'), it.path('former'));
  renameSync(it.path('next'), it.path('dist'));
  await it.change();
  it.write({ 'dist/index.js': 'three' });
  await it.change();
});

test('a program that becomes executable is a change', async () => {
  await using it = await WatchedFolder.with({ bootstrap: '#!/bin/sh' });
  chmodSync(it.path('bootstrap'), 0o755);
  await it.change();
});

test('the folder itself may vanish and come back, at once or later', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one' });
  rmSync(it.path(), { recursive: true });
  await it.change();
  it.write({ 'index.js': 'one' });
  await it.change();
  rmSync(it.path(), { recursive: true });
  it.write({ 'index.js': 'one' });
  await it.change();
  it.write({ 'index.js': 'two' });
  await it.change();
});

test('what version control, interpreters and editors keep beside the code is no change', async () => {
  await using it = await WatchedFolder.with({ 'index.js': 'one', '.git/HEAD': 'main', '__pycache__/a.pyc': '1' });
  it.write({ '.git/HEAD': 'other', '__pycache__/b.pyc': '2', '.index.js.swp': 'x', '4913': '', 'index.js~': 'one' });
  // Told by the one thing beside them that is looked into.
  it.write({ 'index.js': 'one' });
  await it.look();
  assert.equal(it.changes, 0);
});

test('it gives up when that is asked for while it looks around', async () => {
  const stop = new AbortController();
  const deps = { clock: new VirtualClock(), logger: silentLogger, changed: () => {} };
  const opening = FolderWatch.open('/usr', deps, stop.signal);
  stop.abort(new Error('enough'));
  await assert.rejects(opening, /enough/);
  await assert.rejects(FolderWatch.open('/usr', deps, stop.signal), /enough/);
  assert.equal(deps.clock.waiting, 0);
});

test('nothing is told after the disposal', async () => {
  const it = await WatchedFolder.with({ 'index.js': 'one' });
  it.write({ 'index.js': 'two' });
  await it[Symbol.asyncDispose]();
  assert.equal(it.changes, 0);
});
