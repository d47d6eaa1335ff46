import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KeptFolders } from './kept-folders.ts';

function within(run: (directory: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lambdad-kept-'));
    try {
      await run(join(directory, 'cache'));
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
}

test(
  'a folder is made once, however many ask for it, and appears when it is complete',
  within(async (directory) => {
    const folders = new KeptFolders(directory, process.pid);
    let made = 0;
    const fill = async (part: string): Promise<void> => {
      made += 1;
      await writeFile(join(part, 'file'), '');
      assert.equal(folders.find('a'), undefined);
    };
    const all = await Promise.all([folders.make('a', fill), folders.make('a', fill)]);
    assert.deepEqual(all, [join(directory, 'a'), join(directory, 'a')]);
    assert.equal(await new KeptFolders(directory, 1).make('a', fill), join(directory, 'a'));
    assert.equal(made, 1);
    assert.deepEqual(readdirSync(directory), ['a']);
  }),
);

test(
  'nothing is left of one that could not be made, and the next one may try again',
  within(async (directory) => {
    const folders = new KeptFolders(directory, process.pid);
    await assert.rejects(
      folders.make('a', () => Promise.reject(new Error('no network'))),
      /no network/,
    );
    assert.deepEqual(readdirSync(directory), []);
    assert.equal(await folders.make('a', () => Promise.resolve()), join(directory, 'a'));
  }),
);

test(
  'when another daemon is faster, what it made is taken',
  within(async (directory) => {
    const one = new KeptFolders(directory, process.pid);
    const folder = await one.make('a', async () => {
      await new KeptFolders(directory, process.pid).make('a', (part) => writeFile(join(part, 'theirs'), ''));
    });
    assert.deepEqual(readdirSync(folder), ['theirs']);
    assert.deepEqual(readdirSync(directory), ['a']);
  }),
);

test(
  'what a killed daemon has begun is removed, what another makes is not',
  within(async (directory) => {
    // The largest process id there can be belongs to nobody.
    for (const pid of [4_194_304, process.ppid]) mkdirSync(join(directory, `b.part-${pid}-x`), { recursive: true });
    await new KeptFolders(directory, process.pid).make('a', () => Promise.resolve());
    assert.deepEqual(readdirSync(directory), ['a', `b.part-${process.ppid}-x`]);
  }),
);
