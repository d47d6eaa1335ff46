/** The host executor: the conformance suite in each isolation that this machine offers, and what is its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { PreparationFailed } from '../../../src/executors/executor.ts';
import { startedWith } from '../../../src/executors/host/process-tree.ts';
import { InvalidEntrypoint } from '../../../src/executors/invalid-entrypoint.ts';
import { type Logger, silentLogger } from '../../../src/kernel/logger.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { executorConformance } from './executor-conformance.ts';
import type { ExecutorFixture } from './executor-fixture.ts';
import { controlGroupsOf, hostFixture } from './host-fixture.ts';

process.env.DAEMON_SECRET = 'must not be seen';

executorConformance('host, sandbox, control groups', () => hostFixture(), startedWith);
executorConformance('host, sandbox', () => hostFixture({ controlGroups: 'off' }), startedWith);
executorConformance('host, plain, control groups', () => hostFixture({ sandbox: 'off' }), startedWith);
executorConformance('host, plain', () => hostFixture({ sandbox: 'off', controlGroups: 'off' }), startedWith);

suite('the host executor', () => {
  test('gives a Node.js function the variables that AWS gives it, and no other', async (t) => {
    await using fixture = await hostFixture();
    if (!fixture.traits.sandboxed) return t.skip('there is no sandbox here');
    const bootstrap = 'console.log(JSON.stringify([process.env, process.cwd(), process.execPath, process.pid > 1]))';
    putRuntime(fixture, 'nodejs/bootstrap.cjs', bootstrap);
    const version = await fixture.version({}, { runtime: 'nodejs24.x' });
    const { process: started, output, spec } = await fixture.start(version);
    await using _ = started;
    assert.deepEqual(await started.exited, { kind: 'code', code: 0 });
    const expected = {
      CONFORMANCE_MARK: fixture.mark,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'conformance',
      AWS_LAMBDA_RUNTIME_API: spec.runtimeApi,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
      NODE_PATH:
        '/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task',
      PWD: '/var/task',
      SHLVL: '0',
      _HANDLER: 'index.handler',
    };
    assert.deepEqual(JSON.parse(output.text), [expected, '/var/task', '/var/lang/bin/node', true]);
  });

  for (const sandbox of ['auto', 'off'] as const) {
    test(`runs Python behind version managers (sandbox ${sandbox}), whose children find it too`, async () => {
      await using fixture = await hostFixture({ sandbox });
      const bootstrap = [
        'import json, os, ssl, subprocess, sys',
        'child = subprocess.run(["python3", "-c", "import json; print(6 * 7)"], capture_output=True, text=True)',
        'print(json.dumps([os.getcwd() == os.environ["LAMBDA_TASK_ROOT"], os.environ["LC_CTYPE"], child.stdout]))',
      ].join('\n');
      putRuntime(fixture, 'python/bootstrap.py', bootstrap);
      const version = await fixture.version({ 'index.py': '' }, { runtime: 'python3.11' });
      const { process: started, output } = await fixture.start(version);
      await using _ = started;
      assert.deepEqual([output.text, await started.exited][1], { kind: 'code', code: 0 }, output.text);
      assert.deepEqual(JSON.parse(output.text), [true, 'C.UTF-8', '42\n']);
    });
  }

  test('says once that a runtime runs on another version', async () => {
    const warnings: string[] = [];
    await using fixture = await hostFixture({ logger: collecting(warnings) });
    for (let i = 0; i < 2; i++) {
      const version = await fixture.version({}, { runtime: 'nodejs18.x' });
      await fixture.executor.prepare(version, new AbortController().signal);
    }
    assert.deepEqual(warnings, [
      `The runtime nodejs18.x runs on version ${process.versions.node}, which is what this machine has: Node.js 18 could not be fetched because fetching is switched off (LAMBDAD_FETCH_RUNTIMES=0).`,
    ]);
  });

  test('says of a runtime that it cannot run what to do', async () => {
    await using fixture = await hostFixture({ searchPath: '', sandbox: 'off' });
    const prepare = async (runtime: string): Promise<unknown> =>
      fixture.executor.prepare(await fixture.version({}, { runtime }), new AbortController().signal);
    const failed = (message: RegExp) => (error: unknown) =>
      error instanceof PreparationFailed && error.code === 'InvalidRuntime' && message.test(error.message);
    await assert.rejects(prepare('java21'), failed(/java21 (needs|does not run directly)/));
    await assert.rejects(prepare('dotnet8'), failed(/needs \.NET 8, .*install it/));
    await assert.rejects(prepare('python3.13'), failed(/needs Python 3\.13, .*install it/));
  });

  test('refuses a custom runtime without a program that can be executed', async () => {
    await using fixture = await hostFixture();
    for (const files of [{ 'other.sh': '' }, { 'bootstrap/file': '' }]) {
      await assert.rejects(fixture.start(await fixture.version(files)), InvalidEntrypoint);
    }
  });

  test('goes without a sandbox where there is none, and says so, unless it is required', async () => {
    const warnings: string[] = [];
    await using fixture = await hostFixture({ searchPath: '/nowhere', logger: collecting(warnings) });
    assert.match(fixture.executor.isolation, /^plain process without a sandbox \(bubblewrap is not installed\)/);
    assert.match(warnings.join('\n'), /^Functions run without a sandbox: .* apt-get install bubblewrap/);
    await assert.rejects(hostFixture({ searchPath: '/nowhere', sandbox: 'required' }), /apt-get install bubblewrap/);
  });

  test('does not freeze when freezing is off', async () => {
    await using fixture = await hostFixture({ freeze: false });
    const { process: started, output } = await fixture.shell('i=0; while :; do i=$((i+1)); echo $i; sleep 0.005; done');
    await output.until((text) => text.includes('1\n'));
    started.freeze();
    const seen = output.lines.length;
    await output.until(() => output.lines.length > seen + 5);
    await started[Symbol.asyncDispose]();
  });

  test('cannot be talked into other settings of the sandbox by a variable', async () => {
    await using fixture = await hostFixture();
    const { process: started, output } = await fixture.shell('env; ls /stolen', {
      variables: { MINE: `x\0--ro-bind\0${fixture.folder}\0/stolen`, LD_PRELOAD: '/var/task/nothing.so' },
    });
    await using _ = started;
    await started.exited;
    assert.match(output.text, /^MINE=x$/m);
    assert.match(output.text, /cannot access '\/stolen'/);
  });

  for (const sandbox of ['auto', 'off'] as const) {
    test(`removes what a killed daemon left (sandbox ${sandbox})`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'lambdad-abandoned-'));
      t.after(() => rm(folder, { recursive: true }));
      const mark = systemRandom.hex(16);
      const file = join(import.meta.dirname, 'abandoned-daemon.ts');
      const daemon = spawn(process.execPath, [file, folder, sandbox, mark], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(daemon.stdout, 'data');
      daemon.kill('SIGKILL');
      await once(daemon, 'exit');
      {
        await using next = await hostFixture({ folder, sandbox });
        assert.equal((await next.remains()).length > 0, true);
      }
      assert.deepEqual(startedWith(mark), []);
      assert.deepEqual(controlGroupsOf(daemon.pid ?? 0), []);
      assert.equal(existsSync(join(folder, 'work')), true);
    });
  }
});

function putRuntime(fixture: ExecutorFixture, file: string, content: string): void {
  const path = join(fixture.folder, 'runtimes', file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

function collecting(warnings: string[]): Logger {
  return { ...silentLogger, warn: (message) => void warnings.push(message) };
}
