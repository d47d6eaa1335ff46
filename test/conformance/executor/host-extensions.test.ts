/** The host executor's side of external extensions: what starts when, who sees what, and which ends are told. */
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { EnvironmentId, ProcessExit, RunningProcess } from '../../../src/executors/executor.ts';
import { startedWith } from '../../../src/executors/host/process-tree.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { CollectedOutput } from './collected-output.ts';
import { hostFixture } from './host-fixture.ts';

interface Started extends AsyncDisposable {
  readonly process: RunningProcess;
  readonly output: CollectedOutput;
  readonly ofExtensions: CollectedOutput;
  /** `name code` or `name signal`, in the order in which they ended. */
  readonly ended: string[];
  readonly mark: string;
}

const textOf = (exit: ProcessExit): string => (exit.kind === 'code' ? String(exit.code) : exit.signal);

/** @param scripts of the extensions, by file name */
async function start(sandbox: 'auto' | 'off', scripts: Record<string, string>, bootstrap: string): Promise<Started> {
  const fixture = await hostFixture({ sandbox });
  const signal = new AbortController().signal;
  const names = Object.keys(scripts);
  const layer = await fixture.files(
    Object.fromEntries(names.map((name) => [`extensions/${name}`, `#!/bin/sh\n${scripts[name]}\n`])),
  );
  for (const name of names) chmodSync(join(layer, 'extensions', name), 0o755);
  const version = await fixture.version({ bootstrap: `#!/bin/sh\n${bootstrap}\n` }, { layer });
  const prepared = await fixture.executor.prepare(version, signal);
  assert.deepEqual(prepared.extensions, names.toSorted());
  const [output, ofExtensions] = [new CollectedOutput(), new CollectedOutput()];
  const ended: string[] = [];
  const environmentId = systemRandom.hex(16) as EnvironmentId;
  const spec = {
    environmentId,
    runtimeApi: `127.0.0.1:1/${environmentId}`,
    variables: { AWS_LAMBDA_LOG_GROUP_NAME: 'secret of the runtime' },
    output: output.sink,
    extensionOutput: ofExtensions.sink,
    extensionExited: (name: string, exit: ProcessExit) => void ended.push(`${name} ${textOf(exit)}`),
  };
  const process = await fixture.executor.start(prepared, spec, signal);
  return {
    process,
    output,
    ofExtensions,
    ended,
    mark: fixture.mark,
    async [Symbol.asyncDispose]() {
      await process[Symbol.asyncDispose]();
      await fixture[Symbol.asyncDispose]();
      assert.deepEqual(startedWith(fixture.mark), [], 'no process is left');
    },
  };
}

for (const sandbox of ['auto', 'off'] as const) {
  suite(`extensions on the host (sandbox ${sandbox})`, () => {
    test('extensions run before the runtime, each writes to its own log', async () => {
      await using started = await start(sandbox, { one: 'echo up; sleep 100' }, 'echo runtime');
      await started.ofExtensions.until((text) => text.includes('up'));
      assert.equal(started.output.text, '');
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'code', code: 0 });
      assert.equal(started.output.text, 'runtime\n');
      assert.deepEqual(started.ended, [], 'the extension outlives the runtime');
    });

    test('extensions see the variables of the function, but for those of the runtime', async () => {
      await using started = await start(sandbox, { one: 'env; echo done; sleep 100' }, '');
      await started.ofExtensions.until((text) => text.includes('done'));
      assert.match(started.ofExtensions.text, /^AWS_LAMBDA_RUNTIME_API=/m);
      assert.match(started.ofExtensions.text, /^CONFORMANCE_MARK=/m);
      assert.doesNotMatch(started.ofExtensions.text, /_HANDLER|LAMBDA_TASK_ROOT|LOG_GROUP/);
    });

    test('the ends of extensions are told with their codes and signals', async () => {
      const scripts = { a: 'exit 3', b: 'kill -KILL $$', c: 'sleep 100' };
      await using started = await start(sandbox, scripts, 'echo started; sleep 100');
      started.process.startRuntime?.();
      await started.output.until((text) => text.includes('started'));
      while (started.ended.length < 2) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(started.ended.toSorted(), ['a 3', 'b SIGKILL']);
    });

    test('the end of the runtime by a signal is its own, and leaves no remark in the log', async () => {
      await using started = await start(sandbox, { one: 'sleep 100' }, 'kill -SEGV $$');
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'signal', signal: 'SIGSEGV', oom: false });
      assert.equal(started.output.text, '');
    });

    test('a request to stop goes to the runtime alone', async () => {
      const polite = "trap 'echo goodbye; exit 5' TERM; echo ready; while :; do sleep 0.01; done";
      await using started = await start(sandbox, { one: 'sleep 100' }, polite);
      started.process.startRuntime?.();
      await started.output.until((text) => text.includes('ready'));
      started.process.terminate();
      assert.deepEqual(await started.process.exited, { kind: 'code', code: 5 });
      assert.match(started.output.text, /goodbye/);
      assert.deepEqual(started.ended, []);
    });

    test('a restart ends all and starts the extensions anew; what it killed is not told', async () => {
      await using started = await start(sandbox, { one: 'echo up; sleep 100' }, 'echo runtime; sleep 100');
      started.process.startRuntime?.();
      await started.output.until((text) => text.includes('runtime'));
      // The two begin side by side: the extension may be the slower one.
      await started.ofExtensions.until((text) => text.includes('up'));
      await started.process.restart(new AbortController().signal);
      await started.ofExtensions.until((text) => text.split('up').length === 3);
      assert.equal(started.output.text, 'runtime\n');
      assert.deepEqual(started.ended, []);
      started.process.startRuntime?.();
      await started.output.until((text) => text.split('runtime').length === 3);
    });
  });
}
