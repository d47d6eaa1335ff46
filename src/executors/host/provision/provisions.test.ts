import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../../../../test/kit/eventually.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { FetchedRuntimes } from './fetched-runtimes.ts';
import { Provisions } from './provisions.ts';

test('who waits for a fetch can leave, and the end of the executor ends the fetch and leaves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-provisions-'));
  // It never ends by itself.
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\nexec tail -f /dev/null\n', { mode: 0o755 });
  const platform = {
    os: 'linux',
    architecture: 'x64',
    nodeBinary: '/somewhere/node',
    nodeVersion: '24.0.0',
    searchPath: folder,
    home: undefined,
    processId: process.pid,
    userId: 0,
  } as const;
  const directory = join(folder, 'cache');
  const logger = silentLogger;
  const fetched = new FetchedRuntimes({ platform, logger, directory, allowed: true });
  const provisions = new Provisions({ platform, logger, fetched });
  const runtime = 'nodejs18.x' as RuntimeId;

  const leaving = new AbortController();
  const waits = [provisions.of(runtime, leaving.signal), provisions.of(runtime, new AbortController().signal)];
  const ended = Promise.allSettled(waits);
  await eventually(() => readdirSync(folder).includes('cache') && readdirSync(directory).length === 1, 'npm runs');
  leaving.abort(new Error('no longer wanted'));
  await assert.rejects(provisions.of(runtime, leaving.signal), /no longer wanted/);
  await assert.rejects(waits[0] ?? Promise.resolve(), /no longer wanted/);
  await provisions[Symbol.asyncDispose]();
  const [, other] = await ended;
  assert.ok(other?.status === 'rejected');
  assert.deepEqual(readdirSync(directory), []);
  await rm(folder, { recursive: true });
});
