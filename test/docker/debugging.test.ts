/** Debuggers of functions in containers: through the same port as those of the host, to the container of the moment. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DapClient } from '../kit/dap-client.ts';
import { debugPortOf } from '../kit/debugger-of.ts';
import { addDebugpy } from '../kit/debugpy-package.ts';
import { InspectorClient } from '../kit/inspector-client.ts';
import { LiveFunction } from '../kit/live-function.ts';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { startDockerDaemon } from './docker-daemon.ts';

suite('debugging in containers', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await startDockerDaemon({ settings: { LAMBDA_DEBUG_MODE: '1' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('Node.js stops at a breakpoint for longer than the time-out, again after the code has changed', async () => {
    const code = (word: string) => ({
      'index.js': `exports.handler = async (event) => {\n  const greeting = '${word} ' + event.name;\n  return greeting;\n};\n`,
    });
    using live = await LiveFunction.create(lambdad, code('hello'), { Timeout: 2, MemorySize: 256 });
    const port = await debugPortOf(lambdad, live.fn.name);
    const stop = async (client: InspectorClient, answer: string): Promise<void> => {
      await client.breakpoint('.*/index\\.js$', 3);
      const invoked = live.fn.invoke({ name: 'Ada' });
      const paused = await client.event('Debugger.paused');
      assert.equal(await client.evaluate(paused, 'greeting'), answer);
      await client.pass(2500);
      await client.send('Debugger.resume');
      assert.equal((await invoked).payload, answer);
    };
    const first = await InspectorClient.attach(port);
    await stop(first, 'hello Ada');
    live.write(code('bye'));
    await first.closed;
    await using second = await InspectorClient.attach(port);
    await stop(second, 'bye Ada');
  });

  test('Python stops at a breakpoint for longer than the time-out, with debugpy in its package', async () => {
    const code = {
      'app.py': 'def handler(event, context):\n    greeting = "hello " + event["name"]\n    return greeting\n',
    };
    const options = { Runtime: 'python3.11', Handler: 'app.handler', Timeout: 2, MemorySize: 256 } as const;
    using live = await LiveFunction.create(lambdad, code, options, addDebugpy);
    const port = await debugPortOf(lambdad, live.fn.name);
    await using client = await DapClient.attach(port, { local: live.folder, remote: '/var/task' }, 'app.py', [3]);
    const invoked = live.fn.invoke({ name: 'Ada' });
    const stopped = await client.event('stopped');
    assert.equal(await client.evaluate(stopped, 'greeting'), "'hello Ada'");
    await client.evaluate(stopped, '__import__("time").sleep(2.5)');
    await client.request('continue', { threadId: stopped['threadId'] });
    assert.equal((await invoked).payload, 'hello Ada');
  });
});
