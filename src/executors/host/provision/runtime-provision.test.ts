import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { megabytes } from '../../../kernel/quantity.ts';
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { PreparationFailed } from '../../executor.ts';
import type { HostPlatform } from '../host-platform.ts';
import { interpreterArguments, provisionRuntime, versionGap } from './runtime-provision.ts';

const signal = new AbortController().signal;
const platform: HostPlatform = {
  os: 'linux',
  nodeBinary: '/somewhere/node',
  nodeVersion: '24.21.0',
  searchPath: '',
  home: undefined,
  processId: 1,
  userId: 1000,
};

/** A folder with a `python3` that answers as it is told. */
async function withPython<T>(answer: string, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-python-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/python3'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('every Node.js runtime runs on the daemon’s own Node.js, with a heap of nine tenths of the memory', async () => {
  for (const [runtime, gap] of [['nodejs24.x', undefined] as const, ['nodejs18.x', '24.21.0'] as const]) {
    const provision = await provisionRuntime(runtime as RuntimeId, platform, signal);
    assert.ok(provision.kind === 'interpreter');
    assert.equal(provision.interpreter.binary, '/somewhere/node');
    assert.equal(versionGap(provision), gap);
    assert.deepEqual(interpreterArguments(provision, megabytes(128)), ['--max-old-space-size=115']);
  }
});

test('a version of two digits is not taken for one of its beginnings', async () => {
  await withPython('cat "$0.answer"', async (folder) => {
    writeFileSync(join(folder, 'bin/python3.answer'), `${folder}/bin/python3\n${folder}\n3.1.9\n`);
    const found = { ...platform, searchPath: `${join(folder, 'bin')}:/usr/bin:/bin` };
    const provision = await provisionRuntime('python3.19' as RuntimeId, found, signal);
    assert.ok(provision.kind === 'interpreter');
    assert.equal(versionGap(provision), '3.1.9');
    assert.equal(provision.interpreter.prefix, folder);
    assert.deepEqual(provision.interpreter.names, ['python3.19', 'python3', 'python']);
  });
});

test('a python3 that fails, or answers something else, is none', async () => {
  for (const answer of ['exit 1', 'echo hello', 'true']) {
    await withPython(answer, async (folder) => {
      const only = { ...platform, searchPath: join(folder, 'bin') };
      await assert.rejects(provisionRuntime('python3.12' as RuntimeId, only, signal), PreparationFailed);
    });
  }
});

test('custom runtimes need nothing, others come with Docker', async () => {
  for (const runtime of ['provided', 'provided.al2', 'provided.al2023', 'go1.x']) {
    const provision = await provisionRuntime(runtime as RuntimeId, platform, signal);
    assert.deepEqual(provision, { kind: 'bootstrap', family: 'provided' });
    assert.equal(versionGap(provision), undefined);
  }
  for (const runtime of ['java25', 'java8.al2', 'dotnet8', 'ruby3.4', '']) {
    await assert.rejects(provisionRuntime(runtime as RuntimeId, platform, signal), /comes with the Docker executor/);
  }
});
