/** The log of an invocation: which lines, in which order, with what in them. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';

const tail = { LogType: 'Tail' as const };
const lines = (log: string): string[] => log.replace(/\n$/, '').split('\n');

suite('The log of an invocation', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const reportOf = (log: string): string => lines(log).findLast((line) => line.startsWith('REPORT ')) ?? '';

  test('START, the output in its order, END, REPORT', async () => {
    const fn = await lambdad.function({
      code: {
        'index.js': `exports.handler = async () => {
          for (let n = 0; n < 200; n += 1) process.stdout.write('line ' + n + '\\n');
          process.stderr.write('from stderr\\n');
          process.stdout.write('without an end');
        };`,
      },
    });
    // The second: the first may begin with what its init phase said.
    await fn.invoke();
    const { log } = await fn.invoke({}, tail);
    const [start, ...rest] = lines(log);
    assert.match(start ?? '', /^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    assert.match(rest.at(-1) ?? '', /^REPORT /);
    assert.match(rest.at(-2) ?? '', /^END RequestId: [0-9a-f-]{36}$/);
    const output = rest.slice(0, -2).filter((line) => line !== 'from stderr');
    assert.deepEqual(output, [...Array.from({ length: 200 }, (_, n) => `line ${n}`), 'without an end']);
    assert.ok(rest.includes('from stderr'));
  });

  test('REPORT has the init phase on the first invocation only', async () => {
    const fn = await lambdad.function({ code: { 'index.js': 'exports.handler = async () => null;' }, MemorySize: 192 });
    const number = String.raw`\d+(?:\.\d+)?`;
    const shape = (end: string): RegExp =>
      new RegExp(
        String.raw`^REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d{2} ms\tBilled Duration: ${number} ms\tMemory Size: 192 MB\tMax Memory Used: (\d+) MB\t${end}$`,
      );
    const first = reportOf((await fn.invoke({}, tail)).log);
    const used = Number(shape(String.raw`Init Duration: \d+\.\d{2} ms\t`).exec(first)?.[1] ?? assert.fail(first));
    assert.ok(used > 5 && used <= 192, first);
    const second = reportOf((await fn.invoke({}, tail)).log);
    assert.match(second, shape(''));
  });

  test('Max Memory Used grows with what the handler holds', async () => {
    const code = {
      'index.js': 'const held = []; exports.handler = async (mb) => { held.push(Buffer.alloc(mb << 20, 1)); };',
    };
    const fn = await lambdad.function({ code, MemorySize: 512 });
    const used = (log: string): number => Number(/Max Memory Used: (\d+) MB/.exec(log)?.[1]);
    const before_ = used((await fn.invoke(1, tail)).log);
    const after_ = used((await fn.invoke(120, tail)).log);
    assert.ok(after_ >= before_ + 100 && after_ <= 512, `${before_} MB, then ${after_} MB`);
  });

  test('Tail is the last 4 KB of the invocation', async () => {
    const code = {
      'index.js': "exports.handler = async () => { for (let n = 0; n < 3000; n += 1) console.log('n' + n); };",
    };
    const fn = await lambdad.function({ code });
    const { log } = await fn.invoke({}, tail);
    assert.ok(Buffer.byteLength(log) <= 4096, String(Buffer.byteLength(log)));
    assert.ok(Buffer.byteLength(log) > 3500, String(Buffer.byteLength(log)));
    assert.doesNotMatch(log, /START/);
    assert.match(log, /\tn2999\nEND RequestId: .*\nREPORT /);
  });

  test('a warm invocation has nothing of the one before in its tail', async () => {
    const fn = await lambdad.function({ code: { 'index.js': 'exports.handler = async (text) => console.log(text);' } });
    await fn.invoke('the first one', tail);
    const { log } = await fn.invoke('the second one', tail);
    assert.doesNotMatch(log, /the first one/);
    assert.match(log, /the second one/);
  });

  test('console lines of Node.js have time, request id and level', async () => {
    const fn = await lambdad.function({
      code: { 'index.js': "exports.handler = async () => { console.log('one'); console.error('two'); };" },
    });
    const { log } = await fn.invoke({}, tail);
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    assert.match(log, new RegExp(String.raw`\n${time}\t[0-9a-f-]{36}\tINFO\tone\n`));
    assert.match(log, new RegExp(String.raw`\n${time}\t[0-9a-f-]{36}\tERROR\ttwo\n`));
  });

  test('an uncaught error of Python is one event, indented with no-break spaces', async () => {
    const code = { 'index.py': 'def handler(event, context):\n    raise ValueError("as asked")\n' };
    const fn = await lambdad.function({ code, Runtime: 'python3.13' });
    const { log } = await fn.invoke({}, tail);
    assert.match(
      log,
      /\[ERROR\] ValueError: as asked\nTraceback \(most recent call last\):\n\u00a0\u00a0File "\/var\/task\/index\.py"/,
    );
  });

  test("Python's print is as it is, its logger has level, time and request id", async () => {
    const code = {
      'index.py':
        'import logging\ndef handler(event, context):\n    print("printed")\n    logging.getLogger().warning("logged")\n',
    };
    const fn = await lambdad.function({ code, Runtime: 'python3.13' });
    const { log } = await fn.invoke({}, tail);
    assert.match(log, /\nprinted\n/);
    assert.match(log, /\n\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\tlogged\n/);
  });
});
