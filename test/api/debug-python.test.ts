/** Debuggers of Python functions: a client of debugpy's own adapter at a breakpoint. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { DapClient } from '../kit/dap-client.ts';
import { attachedTo, debugPortOf } from '../kit/debugger-of.ts';
import { addDebugpy } from '../kit/debugpy-package.ts';
import { LiveFunction } from '../kit/live-function.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

/** The line to stop at is the fourth. */
const code = {
  'app.py': `import time

def handler(event, context):
    greeting = "hello " + event["name"]
    return greeting
`,
};
const python = { Runtime: 'python3.11', Handler: 'app.handler', Timeout: 1, MemorySize: 256 } as const;

suite('debugging Python', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  /** Where the function sees its code. */
  const seen = (live: LiveFunction) => ({
    local: live.folder,
    remote: lambdad.isolation.includes('bubblewrap') ? '/var/task' : live.folder,
  });

  test('a breakpoint stops an invocation for longer than its time-out, and again after another debugger came', async () => {
    using live = await LiveFunction.create(lambdad, code, python, addDebugpy);
    const port = await debugPortOf(lambdad, live.fn.name);
    // What is no debugger reaches no function.
    const stranger = connect(port, '127.0.0.1').resume();
    stranger.end('GET / HTTP/1.1\r\n\r\n');
    await once(stranger, 'close');
    {
      await using client = await DapClient.attach(port, seen(live), 'app.py', [5]);
      const invoked = live.fn.invoke({ name: 'Ada' });
      const stopped = await client.event('stopped');
      assert.equal(await client.evaluate(stopped, 'greeting'), "'hello Ada'");
      const passed = '__import__("time").sleep(1.3)';
      await client.evaluate(stopped, passed);
      await client.request('continue', { threadId: stopped['threadId'] });
      assert.equal((await invoked).payload, 'hello Ada');
    }
    await attachedTo(lambdad, live.fn.name, 0);
    assert.equal((await live.fn.invoke({ name: 'Eve' })).payload, 'hello Eve');
    await using client = await DapClient.attach(port, seen(live), 'app.py', [5]);
    const invoked = live.fn.invoke({ name: 'Ben' });
    const stopped = await client.event('stopped');
    assert.equal(await client.evaluate(stopped, 'greeting'), "'hello Ben'");
    // It goes away at the breakpoint: the function goes on.
    await client[Symbol.asyncDispose]();
    assert.equal((await invoked).payload, 'hello Ben');
    assert.equal((await live.fn.invoke({ name: 'Flo' })).payload, 'hello Flo');
  });

  test('without debugpy the log says what to install, and the function runs', async () => {
    using live = await LiveFunction.create(lambdad, code, python);
    await debugPortOf(lambdad, live.fn.name);
    assert.equal((await live.fn.invoke({ name: 'Ada' })).payload, 'hello Ada');
    const logged = await lambdad.fetch(`/_lambdad/logs?function=${live.fn.name}`);
    assert.match(await logged.text(), /debugpy is not installed for Python 3\.\d+.*pip install --target/);
  });
});
