/** Processes that exit, are killed, run out of time or of memory. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

const crashing = {
  'index.js': `
    let n = 0;
    exports.handler = async ({ exit, signal, memory }) => {
      n += 1;
      if (exit !== undefined) process.exit(exit);
      if (signal) { process.kill(process.pid, signal); await new Promise((done) => setTimeout(done, 60_000)); }
      const held = [];
      while (memory) held.push(Buffer.alloc(8 << 20, 1));
      return n;
    };`,
};

suite('Crashes', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  interface Failure {
    readonly errorType: unknown;
    readonly reason: string | undefined;
    readonly log: string;
  }

  /** The reason is what follows the request id, which has to be the one of the log. */
  async function failure(fn: TestFunction, event: unknown): Promise<Failure> {
    const { functionError, payload, log } = await fn.invoke(event, { LogType: 'Tail' });
    assert.equal(functionError, 'Unhandled');
    const { errorType, errorMessage } = payload as Record<string, string>;
    const [, id, reason] = /^RequestId: ([0-9a-f-]{36}) Error: (.*)$/s.exec(errorMessage ?? '') ?? [];
    assert.ok(id !== undefined && log.includes(`END RequestId: ${id}`), `${errorMessage}\n${log}`);
    return { errorType, reason, log };
  }

  for (const [exit, reason] of [
    [0, 'Runtime exited without providing a reason'],
    [1, 'Runtime exited with error: exit status 1'],
    [127, 'Runtime exited with error: exit status 127'],
  ] as const) {
    test(`an exit with ${exit}: ${reason}`, async () => {
      const fn = await lambdad.function({ code: crashing });
      assert.partialDeepStrictEqual(await failure(fn, { exit }), { errorType: 'Runtime.ExitError', reason });
      assert.equal((await fn.invoke()).payload, 1, 'the next invocation has a new process');
    });
  }

  for (const [signal, name] of [
    ['SIGKILL', 'killed'],
    ['SIGSEGV', 'segmentation fault'],
    ['SIGABRT', 'aborted'],
    ['SIGTERM', 'terminated'],
  ] as const) {
    test(`${signal} of itself: ${name}`, async () => {
      const fn = await lambdad.function({ code: crashing, Timeout: 20 });
      const { errorType, reason } = await failure(fn, { signal });
      assert.equal(errorType, 'Runtime.ExitError');
      assert.match(reason ?? '', new RegExp(`^Runtime exited with error: signal: ${name}`));
      assert.equal((await fn.invoke()).payload, 1);
    });
  }

  test('the log of a crash has no REPORT without its status', async () => {
    const fn = await lambdad.function({ code: crashing });
    const { log } = await failure(fn, { exit: 3 });
    assert.match(log, /\nREPORT .*\tStatus: error\tError Type: Runtime\.ExitError\t?\n$/);
  });

  test('more memory than MemorySize ends the process', { skip: process.platform !== 'linux' }, async () => {
    const fn = await lambdad.function({ code: crashing, MemorySize: 128, Timeout: 60 });
    const { errorType, reason, log } = await failure(fn, { memory: true });
    assert.equal(errorType, 'Runtime.OutOfMemory');
    assert.match(reason ?? '', /^Runtime exited with error: signal: killed$/);
    assert.match(log, /Memory Size: 128 MB\tMax Memory Used: 128 MB/);
    assert.equal((await fn.invoke()).payload, 1, 'the next invocation has a new process');
  });

  test('more memory than MemorySize ends Python too', { skip: process.platform !== 'linux' }, async () => {
    const code = { 'index.py': 'def handler(event, context):\n    return len(bytearray(event["mb"] << 20))\n' };
    const fn = await lambdad.function({ code, Runtime: 'python3.13', MemorySize: 128, Timeout: 60 });
    assert.equal((await fn.invoke({ mb: 40 })).payload, 40 << 20);
    assert.partialDeepStrictEqual(await failure(fn, { mb: 400 }), { errorType: 'Runtime.OutOfMemory' });
  });

  test('a process that exits while it loads, at every invocation anew', async () => {
    const fn = await lambdad.function({ code: { 'index.js': 'process.exit(5);' } });
    const expected = { errorType: 'Runtime.ExitError', reason: 'Runtime exited with error: exit status 5' };
    for (const _ of [1, 2]) assert.partialDeepStrictEqual(await failure(fn, {}), expected);
  });

  test('a process that is killed while it loads', async () => {
    const fn = await lambdad.function({ code: { 'index.js': "process.kill(process.pid, 'SIGKILL'); for (;;);" } });
    const { errorType, reason } = await failure(fn, {});
    assert.equal(errorType, 'Runtime.ExitError');
    assert.match(reason ?? '', /signal: killed$/);
  });

  test('an init phase that does not end costs its ten seconds and then the time of the invocation', async () => {
    const fn = await lambdad.function({ code: { 'index.js': 'for (;;);' }, Timeout: 1 });
    const { errorType, reason } = await failure(fn, {});
    assert.equal(errorType, 'Sandbox.Timedout');
    assert.match(reason ?? '', /^Task timed out after 1\.00 seconds$/);
  });

  test('a time-out of Python says the same and keeps /tmp', async () => {
    const code = {
      'index.py': `
import os, time
n = 0
def handler(event, context):
    global n
    n += 1
    found = os.path.exists('/tmp/left')
    open('/tmp/left', 'w').close()
    time.sleep(event.get('sleep', 0))
    return [n, found]
`,
    };
    const fn = await lambdad.function({ code, Runtime: 'python3.13', Timeout: 1 });
    assert.partialDeepStrictEqual(await failure(fn, { sleep: 60 }), {
      errorType: 'Sandbox.Timedout',
      reason: 'Task timed out after 1.00 seconds',
    });
    assert.deepEqual((await fn.invoke()).payload, [1, true]);
  });

  test('one environment crashes, the others go on', async () => {
    const fn = await lambdad.function({ code: crashing, Timeout: 20 });
    const events = [{}, { exit: 1 }, {}, { signal: 'SIGKILL' }, {}];
    const answers = await Promise.all(events.map((event) => fn.invoke(event)));
    assert.deepEqual(
      answers.map(({ functionError }) => functionError),
      [undefined, 'Unhandled', undefined, 'Unhandled', undefined],
    );
  });
});
