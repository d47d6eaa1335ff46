/** The conformance suite of the executor port: what every executor promises, whatever the processes run in. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { freePort } from '../../kit/free-port.ts';
import type { ExecutorFixture } from './executor-fixture.ts';
import { LaunchedDebugger } from './launched-debugger.ts';

const signal = new AbortController().signal;

/**
 * @param make a fixture with a fresh executor
 * @param processes ids of the processes on this machine that have a text in their variables
 */
export function executorConformance(
  name: string,
  make: () => Promise<ExecutorFixture>,
  processes: (text: string) => readonly number[],
): void {
  suite(name, () => {
    let fixture: ExecutorFixture;
    before(async () => {
      fixture = await make();
    });
    after(async () => {
      await fixture[Symbol.asyncDispose]();
      assert.deepEqual(processes(fixture.mark), []);
      assert.deepEqual(await fixture.remains(), []);
    });

    test('a function reaches its Runtime API', async () => {
      const asked = Promise.withResolvers<string>();
      const server = createServer((request, response) => {
        asked.resolve(`${request.method} ${request.url}`);
        response.end();
      }).listen(0, fixture.executor.runtimeApiHost.listen);
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const script = [
        'import os, urllib.request as u',
        'u.urlopen("http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/next")',
      ].join('\n');
      const address = `${fixture.executor.runtimeApiHost.advertise}:${port}`;
      await using started = (await fixture.shell(`exec /usr/bin/python3 -c '${script}'`, {}, address)).process;
      assert.deepEqual(await started.exited, { kind: 'code', code: 0 });
      assert.equal(await asked.promise, 'GET /2018-06-01/runtime/invocation/next');
      server.close();
    });

    test('a function finds what its layers bring, and its program among it when it has none itself', async () => {
      const layer = await fixture.files({ 'bin/greeting': 'echo hello', bootstrap: '#!/bin/sh\n. greeting\npwd\n' });
      const { process: started, output } = await fixture.start(await fixture.version({}, { layer }));
      await using _ = started;
      assert.deepEqual(await started.exited, { kind: 'code', code: 0 });
      const task = fixture.traits.sandboxed ? '/var/task' : fixture.folder;
      assert.ok(output.text.startsWith(`hello\n${task}`), output.text);
    });

    test('a process has its own variables, and none of the daemon', async () => {
      const { process: started, output } = await fixture.shell('exec env', {
        variables: { GREETING: "it's\n$HOME `x`", PATH: '/mine:/usr/bin:/bin', AWS_REGION: 'mars-1', _HANDLER: 'x' },
      });
      await using _ = started;
      await started.exited;
      assert.match(output.text, /^GREETING=it's\n\$HOME `x`$/m);
      assert.match(output.text, /^PATH=\/mine:\/usr\/bin:\/bin$/m);
      assert.match(output.text, /^AWS_REGION=us-east-1$/m);
      assert.match(output.text, /^_HANDLER=index\.handler$/m);
      assert.match(output.text, /^AWS_LAMBDA_RUNTIME_API=127\.0\.0\.1:1\/[0-9a-f]{32}$/m);
      assert.match(output.text, /^TZ=:UTC$/m);
      assert.doesNotMatch(output.text, /DAEMON_SECRET|^HOSTNAME=|^npm_/m);
      if (fixture.traits.hidesHome) assert.doesNotMatch(output.text, /^HOME=/m);
    });

    test('a process works in the folder of its code, with nothing to read and no descriptors but its own', async () => {
      const { process: started, output } = await fixture.shell(
        // Node.js keeps its low descriptors to itself; higher ones that a test runner leaks are none of our business.
        'pwd; [ "$PWD" = "$LAMBDA_TASK_ROOT" ] && echo same; cat; ls /proc/self/fd | grep -v .. | tr "\\n" " "; ulimit -n',
      );
      await using _ = started;
      await started.exited;
      assert.match(output.text, /\nsame\n0 1 2 3 1024\n$/); // 3 is the folder that ls reads.
      if (fixture.traits.sandboxed) assert.match(output.text, /^\/var\/task\n/);
    });

    test('stdout and stderr come in the order in which they were written', async () => {
      const { process: started, output } = await fixture.shell(
        'echo 1; echo 2 >&2; echo 3; echo 4 >/dev/stderr; echo 5 >/dev/stdout; printf 6',
      );
      await using _ = started;
      await started.exited;
      if (fixture.traits.ordersOutput) assert.equal(output.text, '1\n2\n3\n4\n5\n6');
      assert.deepEqual(output.text.match(/[1356]/g), ['1', '3', '5', '6']);
      assert.deepEqual(output.text.match(/[24]/g), ['2', '4']);
    });

    test('a flood of output arrives whole before the exit does', async () => {
      const { process: started, output } = await fixture.shell('yes | head -c 20000000; exit 7');
      await using _ = started;
      assert.deepEqual(await started.exited, { kind: 'code', code: 7 });
      assert.equal(output.text.length, 20_000_000);
    });

    test('an exit tells its code', async () => {
      for (const code of [0, 3, 127]) {
        await using started = (await fixture.shell(`exit ${code}`)).process;
        assert.deepEqual(await started.exited, { kind: 'code', code });
      }
    });

    test('a signal is told by its name, and is not taken for lack of memory', async () => {
      for (const name of ['KILL', 'TERM', 'SEGV'] as const) {
        await using started = (await fixture.shell(`kill -${name} $$`)).process;
        assert.deepEqual(await started.exited, { kind: 'signal', signal: `SIG${name}`, oom: false });
      }
    });

    test('a process that takes more memory than the function has is killed for it', async () => {
      const { process: started, output } = await fixture.shell(
        'x=0123456789abcdef; while [ ${#x} -lt 500000000 ]; do x=$x$x; done; echo survived; sleep 1000',
      );
      await using _ = started;
      assert.deepEqual(await started.exited, { kind: 'signal', signal: 'SIGKILL', oom: true });
      assert.doesNotMatch(output.text, /survived/);
      assert.ok(started.usage().maxMemory >= 128 * 1024 * 1024);
    });

    test('the peak of memory is that of the runtime, and stays when it shrinks', async () => {
      const script = [
        'b = bytearray(50_000_000); del b',
        'print("shrunk", flush=True)',
        'import time; time.sleep(1000)',
      ].join('\n');
      const { process: started, output } = await fixture.shell(`exec /usr/bin/python3 -c '${script}'`);
      await using _ = started;
      await output.until((text) => text.includes('shrunk'));
      const peak = started.usage().maxMemory;
      assert.ok(peak > 50_000_000 && peak < 100_000_000, `${peak}`);
    });

    test('SIGTERM reaches the runtime, which may end as it likes', async () => {
      const { process: started, output } = await fixture.shell(
        "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done",
      );
      await using _ = started;
      await output.until((text) => text.includes('ready'));
      started.terminate();
      assert.deepEqual(await started.exited, { kind: 'code', code: 5 });
      assert.match(output.text, /bye\n$/);
    });

    test('a restart keeps /tmp and starts the program anew', async () => {
      const { process: started, output } = await fixture.shell(
        'd=${TMPDIR:-/tmp}; echo x >>$d/runs; mkdir -p $d/locked; chmod 500 $d/locked; echo run $(wc -l <$d/runs); sleep 1000',
      );
      await using _ = started;
      await output.until((text) => text === 'run 1\n');
      const first = started.exited;
      await started.restart(signal);
      assert.deepEqual(await first, { kind: 'signal', signal: 'SIGKILL', oom: false });
      await output.until((text) => text === 'run 1\nrun 2\n');
    });

    test('a process that has ended can be restarted', async () => {
      const { process: started, output } = await fixture.shell('echo run; exit 1');
      await using _ = started;
      await started.exited;
      await started.restart(signal);
      assert.deepEqual(await started.exited, { kind: 'code', code: 1 });
      assert.equal(output.text, 'run\nrun\n');
    });

    test('a frozen process stands still, and goes on when it is thawed', async () => {
      const count = 'i=0; while :; do i=$((i+1)); echo $i; sleep 0.005; done';
      const [frozen, other] = [await fixture.shell(count), await fixture.shell(count)];
      await using _ = frozen.process;
      await using __ = other.process;
      const goesOn = async ({ output }: typeof other, steps: number): Promise<void> => {
        const before = output.lines.length;
        await output.until(() => output.lines.length >= before + steps);
      };
      await goesOn(frozen, 3);
      frozen.process.freeze();
      frozen.process.freeze();
      await goesOn(other, 3);
      // Some milliseconds may go by until it stands.
      let stopped: number;
      for (let round = 0; ; round += 1) {
        stopped = frozen.output.lines.length;
        await goesOn(other, 20);
        if (frozen.output.lines.length === stopped) break;
        assert.ok(round < 10, 'it still runs');
      }
      await goesOn(other, 20);
      assert.equal(frozen.output.lines.length, stopped);
      frozen.process.thaw();
      frozen.process.thaw();
      await goesOn(frozen, 3);
    });

    test('a frozen process can be restarted, asked to stop, and disposed of', async () => {
      const { process: started, output } = await fixture.shell('echo run; sleep 1000');
      await output.until((text) => text === 'run\n');
      started.freeze();
      await started.restart(signal);
      await output.until((text) => text === 'run\nrun\n');
      started.freeze();
      await started[Symbol.asyncDispose]();
      assert.equal((await started.exited).kind, 'signal');
    });

    test('disposal ends the whole tree, sessions of their own included, and is idempotent', async () => {
      const {
        process: started,
        output,
        spec,
      } = await fixture.shell(
        'setsid sh -c \'echo child; trap "" TERM HUP; sleep 1000; :\' & (sleep 1000 &) ; sleep 1000',
      );
      await output.until((text) => text.includes('child'));
      assert.notDeepEqual(processes(spec.runtimeApi), []);
      await Promise.all([started[Symbol.asyncDispose](), started[Symbol.asyncDispose]()]);
      await started[Symbol.asyncDispose]();
      assert.deepEqual(processes(spec.runtimeApi), []);
      assert.deepEqual(
        (await fixture.remains()).filter((name) => name.includes(spec.environmentId)),
        [],
      );
    });

    test('what a process leaves behind ends with it', async () => {
      const { process: started, spec } = await fixture.shell('setsid sleep 1000 & sleep 1000 & exit 0');
      await using _ = started;
      assert.deepEqual(await started.exited, { kind: 'code', code: 0 });
      assert.deepEqual(processes(spec.runtimeApi), []);
    });

    test('a fork bomb stays within bounds and ends', async () => {
      // What is not in force must not be said to be.
      if (!fixture.traits.limitsProcesses)
        return assert.doesNotMatch(fixture.executor.isolation, /number of processes limited/);
      const {
        process: started,
        output,
        spec,
      } = await fixture.shell(
        'bomb() { i=0; while [ $i -lt 60 ]; do i=$((i+1)); sleep 1000 & done; }; echo lit; n=0; while [ $n -lt 60 ]; do n=$((n+1)); bomb & done; wait',
        { memory: 1024 },
      );
      await output.until((text) => /fork/i.test(text));
      assert.ok(processes(spec.runtimeApi).length <= 1024);
      await started[Symbol.asyncDispose]();
      assert.deepEqual(processes(spec.runtimeApi), []);
    });

    test('code cannot be changed, other files and processes of the machine are not seen', async () => {
      if (!fixture.traits.sandboxed) return assert.match(fixture.executor.isolation, /plain process/);
      const { process: started, output } = await fixture.shell(
        [
          'touch /var/task/x /x /usr/x /etc/x 2>/dev/null && echo written',
          `ls ${fixture.folder} 2>/dev/null; cat /etc/shadow 2>/dev/null`,
          '(cat /proc/sys/kernel/core_pattern >/proc/sys/kernel/core_pattern) 2>/dev/null && echo kernel',
          'echo "$(id -un) $(id -u) $(ls / | tr "\\n" " ")"',
          'ls -d /proc/[0-9]* | wc -l',
          'stat -c %a /tmp',
        ].join('\n'),
      );
      await using _ = started;
      await started.exited;
      const [who, count, mode, ...rest] = output.lines;
      assert.match(who ?? '', /^sbx_user1051 993 /);
      assert.match(who?.slice('sbx_user1051 993 '.length) ?? '', fixture.traits.root);
      assert.ok(Number(count) < 8, `${count} processes are seen`);
      assert.equal(mode, '1777');
      assert.deepEqual(rest, []);
    });

    test('two environments of a version share nothing', async () => {
      if (!fixture.traits.sandboxed) return assert.match(fixture.executor.isolation, /plain process/);
      const version = await fixture.version({
        bootstrap: '#!/bin/sh\nls -A /tmp; touch /tmp/mine; echo made; sleep 1000',
      });
      const [one, two] = [await fixture.start(version), await fixture.start(version)];
      await using _ = one.process;
      await using __ = two.process;
      assert.equal(await one.output.until((text) => text.includes('made')), 'made\n');
      assert.equal(await two.output.until((text) => text.includes('made')), 'made\n');
    });

    test('debuggers are told where each process listens for them, and of the end', async () => {
      const debug = new LaunchedDebugger(await freePort());
      const listen = `import socket; socket.create_server(("0.0.0.0", ${debug.port})).accept()[0].sendall(b"here")`;
      const script = `#!/bin/sh\nexec /usr/bin/python3 -c '${listen}'\n`;
      const { process: started } = await fixture.start(await fixture.version({ bootstrap: script }), undefined, debug);
      assert.equal(await debug.answer(), 'here');
      await started.exited;
      await started.restart(signal);
      assert.equal(await debug.answer(), 'here');
      assert.equal(debug.hosts.length, 2);
      await started[Symbol.asyncDispose]();
      assert.equal(debug.over, true);
    });

    test('an aborted start starts nothing', async () => {
      const prepared = await fixture.executor.prepare(
        await fixture.version({ bootstrap: '#!/bin/sh\necho x' }),
        signal,
      );
      const reason = new Error('no longer wanted');
      const { spec, process: other } = await fixture.shell('exit 0');
      await using _ = other;
      await assert.rejects(fixture.executor.start(prepared, spec, AbortSignal.abort(reason)), reason);
    });
  });
}
