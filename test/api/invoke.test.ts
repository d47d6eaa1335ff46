/** Invoke through the real SDK, against real processes. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';

const counting = {
  'index.js': `
    const fs = require('node:fs');
    let invocations = 0;
    exports.handler = async ({ sleep, exit }) => {
      invocations += 1;
      const found = fs.existsSync('/tmp/left-behind');
      fs.writeFileSync('/tmp/left-behind', 'yes');
      if (sleep) await new Promise((done) => setTimeout(done, sleep));
      if (exit !== undefined) process.exit(exit);
      return { invocations, found };
    };`,
};

suite('Invoke', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('a warm environment keeps its module state and its /tmp', async () => {
    const fn = await lambdad.function({ code: counting });
    assert.deepEqual((await fn.invoke()).payload, { invocations: 1, found: false });
    assert.deepEqual((await fn.invoke()).payload, { invocations: 2, found: true });
  });

  test('a time-out keeps /tmp and starts the code anew', async () => {
    const fn = await lambdad.function({ code: counting, Timeout: 1 });
    const first = await fn.invoke({ sleep: 60_000 }, { LogType: 'Tail' });
    assert.equal(first.functionError, 'Unhandled');
    const { errorType, errorMessage } = first.payload as Record<string, string>;
    assert.equal(errorType, 'Sandbox.Timedout');
    assert.match(errorMessage ?? '', /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
    assert.match(first.log, /Task timed out after 1\.00 seconds\nEND RequestId: .*\nREPORT .*Status: timeout/);
    assert.deepEqual((await fn.invoke()).payload, { invocations: 1, found: true });
  });

  test('an exit of the process is an error with its status, and the next invocation has a new process', async () => {
    const fn = await lambdad.function({ code: counting });
    const first = await fn.invoke({ exit: 3 });
    const { errorType, errorMessage } = first.payload as Record<string, string>;
    assert.equal(errorType, 'Runtime.ExitError');
    assert.match(errorMessage ?? '', /Error: Runtime exited with error: exit status 3$/);
    assert.deepEqual((await fn.invoke()).payload, { invocations: 1, found: true });
  });

  test('concurrent invocations each have an environment of their own', async () => {
    const fn = await lambdad.function({ code: counting, Timeout: 30 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => fn.invoke({ sleep: 1500 })));
    assert.deepEqual(
      answers.map(({ payload }) => payload),
      [1, 2, 3, 4].map(() => ({ invocations: 1, found: false })),
    );
  });
});
