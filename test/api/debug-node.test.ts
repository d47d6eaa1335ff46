/** Debuggers of Node.js functions: a real one, over the Chrome DevTools Protocol, at a breakpoint in TypeScript. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { transformSync } from 'esbuild';
import { attachedTo, debuggersOf, debugPortOf } from '../kit/debugger-of.ts';
import { InspectorClient } from '../kit/inspector-client.ts';
import { LiveFunction } from '../kit/live-function.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

/** The line to stop at is the fourth. */
const greeting = (word: string): Record<string, string> => ({
  'index.ts': `interface Event { readonly name: string }

export const handler = async ({ name }: Event): Promise<string> => {
  const greeting: string = \`${word} \${name}\`;
  return greeting;
};
`,
});
const source = '.*/index\\.ts$';

for (const sandbox of ['auto', 'off']) {
  suite(`debugging Node.js (sandbox ${sandbox})`, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1', LAMBDAD_SANDBOX: sandbox } });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    test('a breakpoint in TypeScript stops an invocation for longer than its time-out', async () => {
      using live = await LiveFunction.create(lambdad, greeting('hello'), { Timeout: 1 });
      await using client = await InspectorClient.attach(await debugPortOf(lambdad, live.fn.name));
      await client.breakpoint(source, 5);
      const invoked = live.fn.invoke({ name: 'Ada' });
      const paused = await client.event('Debugger.paused');
      assert.equal(await client.evaluate(paused, 'greeting'), 'hello Ada');
      await client.pass(1300);
      await client.send('Debugger.resume');
      assert.deepEqual((await invoked).payload, 'hello Ada');
    });
  });
}

suite('debugging Node.js', { concurrency: 3 }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('a debugger that leaves at a breakpoint lets the function go on, and the next call works', async () => {
    using live = await LiveFunction.create(lambdad, greeting('bye'), { Timeout: 1 });
    const port = await debugPortOf(lambdad, live.fn.name);
    const client = await InspectorClient.attach(port);
    await client.breakpoint(source, 5);
    const invoked = live.fn.invoke({ name: 'Ada' });
    await client.event('Debugger.paused');
    await client.pass(1300);
    await client[Symbol.asyncDispose]();
    assert.equal((await invoked).payload, 'bye Ada');
    assert.equal((await live.fn.invoke({ name: 'Eve' })).payload, 'bye Eve');
    await attachedTo(lambdad, live.fn.name, 0);
  });

  test('the time-out runs again from what was left when the debugger has gone', async () => {
    using live = await LiveFunction.create(
      lambdad,
      { 'index.mjs': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' },
      { Timeout: 1 },
    );
    const client = await InspectorClient.attach(await debugPortOf(lambdad, live.fn.name));
    const invoked = live.fn.invoke();
    await client.pass(1500);
    await client[Symbol.asyncDispose]();
    assert.match(JSON.stringify((await invoked).payload), /Task timed out after 1\.00 seconds/);
  });

  test('compiled code has the lines of its source in stack traces', async () => {
    const text =
      'interface Event { readonly name: string }\n\n\nexport const handler = (event: Event) => {\n  throw new Error(event.name);\n};\n';
    const options = { loader: 'ts', format: 'cjs', sourcemap: 'inline', sourcefile: 'handler.ts' } as const;
    const { code } = transformSync(text, options);
    const fn = await lambdad.function({ code: { 'index.js': code } });
    const { payload } = await fn.invoke({ name: 'no stock' });
    assert.match(JSON.stringify(payload), /no stock.*handler\.ts:5:9/);
  });

  test('nothing stands still when no debugger is attached', async () => {
    using live = await LiveFunction.create(
      lambdad,
      { 'index.mjs': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' },
      { Timeout: 1 },
    );
    const { payload } = await live.fn.invoke();
    assert.match(JSON.stringify(payload), /Task timed out after 1\.00 seconds/);
  });

  test('after a reload the same port leads to the new process', async () => {
    using live = await LiveFunction.create(lambdad, greeting('one'), { Timeout: 1 });
    const port = await debugPortOf(lambdad, live.fn.name);
    const first = await InspectorClient.attach(port, 'localhost');
    live.write(greeting('two'));
    await first.closed;
    await using second = await InspectorClient.attach(port);
    await second.breakpoint(source, 5);
    const invoked = live.fn.invoke({ name: 'Ada' });
    const paused = await second.event('Debugger.paused');
    assert.equal(await second.evaluate(paused, 'greeting'), 'two Ada');
    await second.send('Debugger.resume');
    assert.equal((await invoked).payload, 'two Ada');
  });

  test('while a debugger is attached, invocations run one after the other where it is', async () => {
    const code = {
      'index.mjs': `let count = 0;
          export const handler = async () => { count += 1; await new Promise((resolve) => setTimeout(resolve, 20)); return count; };`,
    };
    using live = await LiveFunction.create(lambdad, code);
    const invokeAll = () => Promise.all([1, 2, 3].map(() => live.fn.invoke()));
    const payloads = async () =>
      (await invokeAll()).map(({ payload }) => Number(payload)).sort((one, other) => one - other);
    assert.deepEqual(await payloads(), [1, 1, 1]);
    const client = await InspectorClient.attach(await debugPortOf(lambdad, live.fn.name));
    assert.deepEqual(await payloads(), [2, 3, 4]);
    await client[Symbol.asyncDispose]();
    await attachedTo(lambdad, live.fn.name, 0);
    assert.notDeepEqual(await payloads(), [5, 6, 7]);
  });

  test('garbage on the port reaches no function, and debuggers attach all the same', async () => {
    using live = await LiveFunction.create(lambdad, greeting('clean'), { Timeout: 1 });
    const port = await debugPortOf(lambdad, live.fn.name);
    for (const bytes of ['\x16\x03\x01 not HTTP at all', 'POST / HTTP/1.1\r\n\r\n', '\0'.repeat(70_000)]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(bytes);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    const half = connect(port, '127.0.0.1');
    half.write('GET /json/l');
    await using client = await InspectorClient.attach(port);
    await client.send('Runtime.enable');
    assert.equal((await live.fn.invoke({ name: 'Ada' })).payload, 'clean Ada');
    half.destroy();
  });

  test('a function that is deleted while a debugger is attached takes its port along', async () => {
    using live = await LiveFunction.create(lambdad, greeting('gone'));
    const { name } = live.fn;
    const port = await debugPortOf(lambdad, name);
    const client = await InspectorClient.attach(port);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    await client.closed;
    assert.ok(!(await debuggersOf(lambdad)).some((one) => one.function.endsWith(`:${name}`)));
    const refused = connect(port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
  });

  test('a function that is deleted at a breakpoint answers when it goes on', async () => {
    using live = await LiveFunction.create(lambdad, greeting('late'), { Timeout: 1 });
    const { name } = live.fn;
    const client = await InspectorClient.attach(await debugPortOf(lambdad, name));
    await client.breakpoint(source, 5);
    const invoked = live.fn.invoke({ name: 'Ada' });
    await client.event('Debugger.paused');
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    await client.send('Debugger.resume');
    assert.equal((await invoked).payload, 'late Ada');
    await client.closed;
  });
});

test('a daemon that is stopped while a function stands at a breakpoint ends, and all who wait are answered', async () => {
  const lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1' } });
  using live = await LiveFunction.create(lambdad, greeting('never'), { Timeout: 1 });
  const client = await InspectorClient.attach(await debugPortOf(lambdad, live.fn.name));
  await client.breakpoint(source, 5);
  const ended = Promise.allSettled([live.fn.invoke({ name: 'Ada' }), live.fn.invoke({ name: 'Eve' })]);
  await client.event('Debugger.paused');
  await lambdad[Symbol.asyncDispose]();
  await client.closed;
  assert.deepEqual(
    (await ended).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
});

test('a daemon that is stopped while a process waits for its debugger ends', async () => {
  const lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1', LAMBDAD_DEBUG_WAIT: '1' } });
  using live = await LiveFunction.create(lambdad, greeting('never'), { Timeout: 1 });
  const ended = Promise.allSettled([live.fn.invoke({ name: 'Ada' })]);
  while ((await debuggersOf(lambdad))[0]?.environment === undefined);
  await lambdad[Symbol.asyncDispose]();
  assert.equal((await ended)[0]?.status, 'rejected');
});
