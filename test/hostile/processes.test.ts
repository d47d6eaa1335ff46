/** Functions that misuse what an operating system gives a process. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { startedWith } from '../../src/executors/host/process-tree.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { FunctionOptions, TestFunction } from '../kit/test-function.ts';
import { AttackedDaemon } from './attacked-daemon.ts';
import { rawRuntime } from './raw-runtime.ts';

/** In the variables of every process of a function, and in nobody else's. */
const marked = () => {
  const mark = `HOSTILE_${systemRandom.hex(12)}`;
  return { mark, Environment: { Variables: { [mark]: 'yes' } } };
};

const errorTypeOf = ({ payload }: { readonly payload: unknown }) => (payload as Record<string, unknown>)['errorType'];

suite('hostile processes', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const nodejs = (body: string, options: Partial<FunctionOptions> = {}): Promise<TestFunction> =>
    attacked.daemon.function({
      Timeout: 5,
      ...options,
      code: {
        'index.js': `const { spawn } = require('node:child_process');\nexports.handler = async (event) => {${body}};`,
      },
    });

  test('children that leave the session and ignore every signal end with their environment', async () => {
    const { mark, Environment } = marked();
    const script = `trap '' HUP TERM INT; sleep 1000 & setsid nohup sleep 1000 >/dev/null 2>&1 & (setsid sh -c 'trap "" TERM; sleep 1000; :' &) ; exec sleep 1000`;
    const fn = await nodejs(
      `spawn('setsid', ['nohup', 'sh', '-c', ${JSON.stringify(script)}], { detached: true, stdio: 'ignore' }).unref();
       if (event.exit) { await new Promise((done) => setTimeout(done, 100)); process.exit(1); }
       return 'left them';`,
      { Environment },
    );
    assert.equal((await fn.invoke()).payload, 'left them');
    assert.notDeepEqual(startedWith(mark), []);
    assert.equal(errorTypeOf(await fn.invoke({ exit: true })), 'Runtime.ExitError');
    await attacked.stillServes();
    await remove(fn);
    await gone(mark);
  });

  test('a function that ignores SIGTERM is ended when its time is over', async () => {
    const { mark, Environment } = marked();
    const fn = await nodejs(`process.on('SIGTERM', () => {}); if (event.hang) for (;;); return 'ready';`, {
      Timeout: 1,
      Environment,
    });
    assert.equal((await fn.invoke()).payload, 'ready');
    assert.equal(errorTypeOf(await fn.invoke({ hang: true })), 'Sandbox.Timedout');
    assert.equal((await fn.invoke()).payload, 'ready');
    await remove(fn);
    await gone(mark);
    await attacked.stillServes();
  });

  test('a runtime that stops itself times out', async () => {
    const fn = await nodejs(`if (event.stop) process.kill(process.pid, 'SIGSTOP'); return 'ran';`, { Timeout: 1 });
    assert.equal(errorTypeOf(await fn.invoke({ stop: true })), 'Sandbox.Timedout');
    assert.equal((await fn.invoke()).payload, 'ran');
    await attacked.stillServes();
  });

  const exits: Readonly<Record<string, string>> = {
    'exits with success in the middle': 'process.exit(0);',
    'exits after it has written half a line': `process.stdout.write('half'); process.exit(3);`,
    'kills all other processes it can see': `try { process.kill(-1, 'SIGKILL'); } catch {} process.exit(5);`,
    'kills its own process group': `process.kill(0, 'SIGKILL'); for (;;);`,
    aborts: 'process.abort();',
    'allocates without end': `const kept = []; for (;;) kept.push(Buffer.alloc(16e6, 1));`,
  };
  for (const [what, body] of Object.entries(exits)) {
    test(`a function that ${what} is an error, and runs again`, async () => {
      const fn = await nodejs(`if (event.now) { ${body} } return 'ran';`);
      for (let i = 0; i < 2; i += 1) {
        assert.match(
          String(errorTypeOf(await fn.invoke({ now: true }))),
          /^(Runtime\.(ExitError|OutOfMemory)|Sandbox\.Timedout)$/,
        );
        assert.equal((await fn.invoke()).payload, 'ran');
      }
      await attacked.stillServes();
    });
  }

  test('a fork bomb is bounded, and nothing of it is left', async (t) => {
    if (!attacked.daemon.isolation.includes('number of processes')) return t.skip('nothing limits processes here');
    const { mark, Environment } = marked();
    const bomb = 'b() { b | b & }; b; sleep 1000';
    const fn = await nodejs(
      `if (event.bomb) { spawn('sh', ['-c', ${JSON.stringify(bomb)}], { stdio: 'ignore' }); await new Promise(() => {}); } return 'ran';`,
      { Timeout: 2, MemorySize: 512, Environment },
    );
    assert.equal((await fn.invoke()).payload, 'ran');
    const exploding = fn.invoke({ bomb: true });
    await attacked.stillServes();
    assert.match(String(errorTypeOf(await exploding)), /^(Sandbox\.Timedout|Runtime\.ExitError|Runtime\.OutOfMemory)$/);
    await remove(fn);
    await gone(mark);
    await attacked.stillServes();
  });

  test('a function that takes all file descriptors and threads it can get harms itself only', async () => {
    const fn = await nodejs(
      `const fs = require('node:fs'); const held = [];
       try { for (;;) held.push(fs.openSync('/dev/null')); } catch (error) { return [held.length < 1100, error.code]; } finally { held.forEach((fd) => fs.closeSync(fd)); }`,
    );
    assert.deepEqual((await fn.invoke()).payload, [true, 'EMFILE']);
    await attacked.stillServes();
  });

  test('a function that closes its output goes on', async () => {
    const fn = await nodejs(
      `const fs = require('node:fs'); for (const fd of [1, 2]) { try { fs.closeSync(fd); } catch {} } return 'ran';`,
    );
    assert.equal((await fn.invoke()).payload, 'ran');
    assert.equal((await fn.invoke()).payload, 'ran');
    await attacked.stillServes();
  });

  test('a runtime that hands its connection to a child that outlives it does not hold the invocation', async () => {
    const { mark, Environment } = marked();
    const fn = await attacked.daemon.function(
      rawRuntime(
        `
id, event = next_event()
s = connection()
s.sendall(f'POST {BASE}/invocation/{id}/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 100\\r\\n\\r\\n"half'.encode())
if os.fork() == 0:
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(1000)
os._exit(4)`,
        { Environment },
      ),
    );
    assert.equal(errorTypeOf(await fn.invoke()), 'Runtime.ExitError');
    await remove(fn);
    await gone(mark);
    await attacked.stillServes();
  });

  const remove = ({ name }: TestFunction): Promise<unknown> =>
    attacked.daemon.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));

  /** Waits, as long as it takes, until no process of the function is there: its environments end in the background. */
  const gone = async (mark: string): Promise<void> => {
    while (startedWith(mark).length > 0) await attacked.stillServes();
  };
});
