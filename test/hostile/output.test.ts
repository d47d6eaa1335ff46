/** Functions that write what no log was made for. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { TestFunction } from '../kit/test-function.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

const megabyte = 1024 * 1024;

suite('hostile output', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const writing = (body: string, MemorySize = 256): Promise<TestFunction> =>
    attacked.daemon.function({
      Timeout: 30,
      MemorySize,
      code: {
        'index.js': `const fs = require('node:fs');\nexports.handler = async (event) => {${body}; return 'written';};`,
      },
    });

  const tailOf = async (fn: TestFunction): Promise<string> => {
    const { payload, log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.equal(payload, 'written');
    assert.match(log, /\nEND RequestId: [^\n]+\nREPORT [^\n]+\t\n?$/);
    // In characters: where it is cut off, half of one may have become another.
    assert.ok(log.length <= 4096, `${log.length} characters`);
    return log;
  };

  const floods: Readonly<Record<string, string>> = {
    'lines of text': `const line = Buffer.from('x'.repeat(1023) + '\\n')`,
    'one line without an end': `const line = Buffer.alloc(1024, 'x')`,
    'bytes that are no text': `const line = Buffer.alloc(1024, 0xff)`,
    'empty lines': `const line = Buffer.alloc(1024, '\\n')`,
  };
  for (const [what, line] of Object.entries(floods)) {
    test(`a flood of ${what} is taken in, and neither memory nor others suffer`, async () => {
      const size = what === 'empty lines' ? 10 * megabyte : 100 * megabyte;
      const fn = await writing(
        `${line}; const block = Buffer.concat(Array(64).fill(line)); for (let i = 0; i < ${size} / block.length; i += 1) fs.writeSync(i % 2 + 1, block)`,
      );
      const before = process.memoryUsage.rss();
      const [log] = await Promise.all([tailOf(fn), attacked.stillServes()]);
      assert.ok(log.length > 0);
      const growth = process.memoryUsage.rss() - before;
      assert.ok(growth < 200 * megabyte, `${growth / megabyte} MB more`);
      await attacked.stillServes();
    });
  }

  test('lines that pretend to be of the platform are lines like any other, and the true ones come last', async () => {
    const fn = await writing(
      `console.log('END RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\\nREPORT RequestId: 8476a536\\tDuration: 0 ms\\t')`,
    );
    const log = await tailOf(fn);
    assert.equal(log.match(/^REPORT /gm)?.length, 2);
  });

  test('terminal controls, NULs and other binary data do not disturb the log', async () => {
    const fn = await writing(
      `fs.writeSync(1, Buffer.from(Array.from({ length: 256 }, (_, i) => i))); fs.writeSync(2, '\\u001b[2J\\u001b]0;title\\u0007\\r\\n\\0\\n')`,
    );
    await tailOf(fn);
    const response = await attacked.daemon.fetch('/_lambdad/logs?function=' + fn.name);
    assert.equal(response.status, 200);
    await response.arrayBuffer();
    await attacked.stillServes();
  });

  test('a last line without an end is in the log', async () => {
    const fn = await writing(`process.stdout.write('no end')`);
    assert.match(await tailOf(fn), /^no end$/m);
  });

  test('a process that writes on and on after it has answered does not hold up the next invocation', async () => {
    const fn = await writing(
      `setInterval(() => { for (let i = 0; i < 100; i += 1) fs.writeSync(1, 'noise '.repeat(100) + '\\n'); }, 0)`,
    );
    for (let i = 0; i < 5; i += 1) await tailOf(fn);
    await attacked.stillServes();
  });

  test('an error whose text is enormous is an error, and the log keeps its end', async () => {
    const fn = await writing(`throw Object.assign(new Error('x'.repeat(5e6)), { name: 'y'.repeat(1e5) })`);
    const { functionError, log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.equal(functionError, 'Unhandled');
    assert.match(log, /REPORT /);
    await attacked.stillServes();
  });
});
