/** What users say about debugging: the file, ports, waiting, and time-outs that stay in force. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { debuggersOf, debugPortOf } from '../kit/debugger-of.ts';
import { freePort } from '../kit/free-port.ts';
import { InspectorClient } from '../kit/inspector-client.ts';
import { LiveFunction } from '../kit/live-function.ts';
import { RecordedMessages } from '../kit/recorded-messages.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const folder = mkdtempSync(join(tmpdir(), 'lambdad-debug-'));
after(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const withFile = (file: string): Record<string, string> => ({
  LAMBDA_DEBUG_MODE: '1',
  LAMBDA_DEBUG_MODE_CONFIG_PATH: file,
});

suite('settings of debugging', () => {
  test('without debug mode there is no port', async () => {
    await using lambdad = await TestDaemon.start();
    await (await lambdad.function({ code: echo })).invoke();
    const answer = await lambdad.fetch('/_lambdad/debug');
    assert.deepEqual(await answer.json(), { debugMode: false, debuggers: [] });
  });

  test('a file that cannot be meant stops the start, with its line', async () => {
    const file = fileOf('wrong.yaml', 'functions:\n  hello:\n    debug-prot: 1\n');
    await assert.rejects(TestDaemon.start({ settings: withFile(file) }), {
      message: `${file}:3: debug-prot is not known here; allowed: debug-port, enforce-timeouts, wait`,
    });
  });

  test('a file that is not there stops the start, with its name', async () => {
    const file = join(folder, 'nowhere.yaml');
    await assert.rejects(TestDaemon.start({ settings: withFile(file) }), {
      message: `LAMBDA_DEBUG_MODE_CONFIG_PATH: ${file} cannot be read (ENOENT).`,
    });
  });

  test('the file says which functions are debugged and where, also when it changes', async () => {
    const port = await freePort();
    const file = fileOf('listed.yaml', `functions:\n  listed:\n    debug-port: ${port}\n`);
    const logger = new RecordedMessages();
    await using lambdad = await TestDaemon.start({ settings: withFile(file), logger });
    const fn = await lambdad.function({ FunctionName: 'listed', code: echo });
    await lambdad.function({ FunctionName: 'other', code: echo });
    assert.equal(await debugPortOf(lambdad, 'listed'), port);
    assert.equal((await debuggersOf(lambdad)).length, 1);

    fileOf('listed.yaml', 'functions:\n  listed: yes\n');
    await logger.until(/listed\.yaml:2: listed must be a mapping/);
    assert.equal(await debugPortOf(lambdad, 'listed'), port);

    fileOf('listed.yaml', 'functions:\n  other: {}\n');
    await logger.until(/listed\.yaml has changed/);
    const other = await debugPortOf(lambdad, 'other');
    assert.equal((await debuggersOf(lambdad)).length, 1);
    await using client = await InspectorClient.attach(other);
    await client.send('Runtime.enable');
    assert.deepEqual((await fn.invoke({ a: 1 })).payload, { a: 1 });
  });

  test('a port that another program has is named, and the next one taken', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    try {
      const file = fileOf('taken.yaml', `functions:\n  taken:\n    debug-port: ${port}\n`);
      const logger = new RecordedMessages();
      await using lambdad = await TestDaemon.start({ settings: withFile(file), logger });
      await lambdad.function({ FunctionName: 'taken', code: echo });
      const other = await debugPortOf(lambdad, 'taken');
      assert.notEqual(other, port);
      await logger.until(new RegExp(`Port ${port}, for debuggers of taken, is taken by another program`));
      await logger.until(new RegExp(`Debuggers of taken attach at [\\d.]+:${other} \\(Node\\.js inspector\\)`));
      await using client = await InspectorClient.attach(other);
      await client.send('Runtime.enable');
    } finally {
      server.close();
    }
  });

  test('a function has the same port in the next daemon', async () => {
    const portIn = async (): Promise<number> => {
      await using lambdad = await TestDaemon.start({ settings: { LAMBDA_DEBUG_MODE: '1' } });
      await lambdad.function({ FunctionName: 'the-same-everywhere', code: echo });
      return await debugPortOf(lambdad, 'the-same-everywhere');
    };
    assert.equal(await portIn(), await portIn());
  });

  test('a process that waits for a debugger can be stopped in its init phase, for longer than that may take', async () => {
    const settings = { LAMBDA_DEBUG_MODE: '1', LAMBDAD_DEBUG_WAIT: '1', LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: '1' };
    await using lambdad = await TestDaemon.start({ settings });
    const code = { 'index.ts': 'const table: number = 6 * 7;\nexport const handler = async () => table;\n' };
    using live = await LiveFunction.create(lambdad, code, { Timeout: 1 });
    const invoked = live.fn.invoke();
    await using client = await InspectorClient.attach(await debugPortOf(lambdad, live.fn.name));
    await client.breakpoint('.*/index\\.ts$', 2);
    await client.send('Runtime.runIfWaitingForDebugger');
    const paused = await client.event('Debugger.paused');
    assert.equal(await client.evaluate(paused, 'table'), 42);
    await client.pass(1500);
    await client.send('Debugger.resume');
    assert.equal((await invoked).payload, 42);
  });

  test('time-outs that are to be enforced end an invocation at its breakpoint', async () => {
    const file = fileOf('strict.yaml', 'functions:\n  strict:\n    enforce-timeouts: true\n');
    await using lambdad = await TestDaemon.start({ settings: withFile(file) });
    const code = { 'index.js': 'exports.handler = async (event) => {\n  return event;\n};\n' };
    using live = await LiveFunction.create(lambdad, code, { FunctionName: 'strict', Timeout: 1 });
    const client = await InspectorClient.attach(await debugPortOf(lambdad, 'strict'));
    await client.breakpoint('.*/index\\.js$', 2);
    const invoked = live.fn.invoke();
    await client.event('Debugger.paused');
    assert.match(JSON.stringify((await invoked).payload), /Task timed out after 1\.00 seconds/);
    await client.closed;
    assert.deepEqual((await live.fn.invoke({ a: 1 })).payload, { a: 1 });
  });
});
