/** What every executor promises of external extensions: what starts when, who sees what, and which ends are told. */
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { connectTo } from '../../../src/executors/connect-to.ts';
import type { EnvironmentId, ProcessExit, RunningProcess } from '../../../src/executors/executor.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { CollectedOutput } from './collected-output.ts';
import type { ExecutorFixture } from './executor-fixture.ts';

interface Started extends AsyncDisposable {
  readonly fixture: ExecutorFixture;
  readonly process: RunningProcess;
  readonly output: CollectedOutput;
  readonly ofExtensions: CollectedOutput;
  /** `name code` or `name signal`, in the order in which they ended. */
  readonly ended: string[];
}

const textOf = (exit: ProcessExit): string => (exit.kind === 'code' ? String(exit.code) : exit.signal);

/**
 * @param make a fixture with a fresh executor
 * @param processes ids of the processes on this machine that have a text in their variables
 */
export function extensionsConformance(
  name: string,
  make: () => Promise<ExecutorFixture>,
  processes: (text: string) => readonly number[],
): void {
  /** @param scripts of the extensions, by file name */
  async function start(scripts: Record<string, string>, bootstrap: string): Promise<Started> {
    const fixture = await make();
    const signal = new AbortController().signal;
    const names = Object.keys(scripts);
    const layer = await fixture.files(
      Object.fromEntries(names.map((file) => [`extensions/${file}`, `#!/bin/sh\n${scripts[file]}\n`])),
    );
    for (const file of names) chmodSync(join(layer, 'extensions', file), 0o755);
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
      extensionExited: (file: string, exit: ProcessExit) => void ended.push(`${file} ${textOf(exit)}`),
    };
    const process = await fixture.executor.start(prepared, spec, signal);
    return {
      fixture,
      process,
      output,
      ofExtensions,
      ended,
      async [Symbol.asyncDispose]() {
        await process[Symbol.asyncDispose]();
        await fixture[Symbol.asyncDispose]();
        assert.deepEqual(processes(fixture.mark), [], 'no process is left');
      },
    };
  }

  suite(name, () => {
    test('extensions run before the runtime, each writes to its own log', async () => {
      await using started = await start({ one: 'echo up; sleep 100' }, 'echo runtime');
      await started.ofExtensions.until((text) => text.includes('up'));
      assert.equal(started.output.text, '');
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'code', code: 0 });
      assert.equal(started.output.text, 'runtime\n');
      assert.deepEqual(started.ended, [], 'the extension outlives the runtime');
    });

    test('extensions see the variables of the function, but for those of the runtime', async () => {
      await using started = await start({ one: 'env; echo done; sleep 100' }, '');
      await started.ofExtensions.until((text) => text.includes('done'));
      assert.match(started.ofExtensions.text, /^AWS_LAMBDA_RUNTIME_API=/m);
      assert.match(started.ofExtensions.text, /^CONFORMANCE_MARK=/m);
      assert.doesNotMatch(started.ofExtensions.text, /_HANDLER|LAMBDA_TASK_ROOT|LOG_GROUP/);
    });

    test('the ends of extensions are told with their codes and signals', async () => {
      const scripts = { a: 'exit 3', b: 'kill -KILL $$', c: 'sleep 100' };
      await using started = await start(scripts, 'echo started; sleep 100');
      started.process.startRuntime?.();
      await started.output.until((text) => text.includes('started'));
      while (started.ended.length < 2) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(started.ended.toSorted(), ['a 3', 'b SIGKILL']);
    });

    test('the end of the runtime by a signal is its own, and leaves no remark in the log', async () => {
      await using started = await start({ one: 'sleep 100' }, 'kill -SEGV $$');
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'signal', signal: 'SIGSEGV', oom: false });
      assert.equal(started.output.text, '');
    });

    test('a request to stop goes to the runtime alone', async () => {
      const polite = "trap 'echo goodbye; exit 5' TERM; echo ready; while :; do sleep 0.01; done";
      await using started = await start({ one: 'sleep 100' }, polite);
      started.process.startRuntime?.();
      await started.output.until((text) => text.includes('ready'));
      started.process.terminate();
      assert.deepEqual(await started.process.exited, { kind: 'code', code: 5 });
      assert.match(started.output.text, /goodbye/);
      assert.deepEqual(started.ended, []);
    });

    test('a restart ends all and starts the extensions anew; what it killed is not told', async () => {
      await using started = await start({ one: 'echo up; sleep 100' }, 'echo runtime; sleep 100');
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

    test('the end of the runtime comes after all that it wrote, to either output', async () => {
      await using started = await start({ one: 'sleep 100' }, 'yes | head -c 5000000; echo last >&2; exit 9');
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'code', code: 9 });
      assert.equal(started.output.text.length, 5_000_005);
    });

    test('a runtime that takes more memory than the function has is killed for it', async () => {
      const grows = 'x=0123456789abcdef; while [ ${#x} -lt 500000000 ]; do x=$x$x; done; echo survived; sleep 1000';
      await using started = await start({ one: 'sleep 100' }, grows);
      started.process.startRuntime?.();
      assert.deepEqual(await started.process.exited, { kind: 'signal', signal: 'SIGKILL', oom: true });
      assert.ok(started.process.usage().maxMemory >= 128 * 1024 * 1024);
    });

    test('a request to stop that comes before the runtime ends no extension', async () => {
      await using started = await start({ one: 'echo up; sleep 100' }, 'echo runtime');
      await started.ofExtensions.until((text) => text.includes('up'));
      started.process.terminate();
      started.process.startRuntime?.();
      // It may be just early enough to be what is asked.
      await started.process.exited;
      assert.deepEqual(started.ended, []);
    });

    for (const address of ['127.0.0.1', '0.0.0.0']) {
      test(`what an extension listens to at ${address} is reached`, async () => {
        const listens = [
          'import socket',
          `s = socket.create_server(("${address}", 0)); print("at", s.getsockname()[1], flush=True)`,
          'while True:',
          '  c = s.accept()[0]; c.sendall(c.recv(99).upper()); c.close()',
        ].join('\n');
        await using started = await start({ one: `exec /usr/bin/python3 -c '${listens}'` }, '');
        const told = await started.ofExtensions.until((text) => /at \d+\n/.test(text));
        const port = Number(/at (\d+)/.exec(told)?.[1]);
        const connection = (await started.process.connect?.(port)) ?? (await connectTo('127.0.0.1', port));
        connection.write('hello');
        const chunks: Buffer[] = [];
        for await (const chunk of connection) chunks.push(chunk as Buffer);
        assert.equal(Buffer.concat(chunks).toString(), 'HELLO');
      });
    }
  });
}
