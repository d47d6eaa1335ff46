/** Tests of the lines that `console` writes, in both log formats. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'nodejs24.x';

test('console lines carry time, request id and level, and stay one line each', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `console.log('loading');
        exports.handler = async () => {
          console.log('two\\nlines'); console.info('%d of %s', 1, 'two', { three: [4] }); console.warn('w');
          console.error(new Error('shown').message); console.debug(); console.table([{ a: 1 }]); console.log('100%');
          process.stdout.write('raw\\n');
        };`,
    },
  });
  await fn.invoke({});
  const id = requestId(1);
  const lines = (await fn.process.stop()).split('\n');
  assert.deepEqual(
    lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t/, '<time> ')),
    [
      '<time> undefined\tINFO\tloading',
      `<time> ${id}\tINFO\ttwo\rlines`,
      `<time> ${id}\tINFO\t1 of two { three: [ 4 ] }`,
      `<time> ${id}\tWARN\tw`,
      `<time> ${id}\tERROR\tshown`,
      `<time> ${id}\tDEBUG\t`,
      `<time> ${id}\tINFO\t┌─────────┬───┐\r│ (index) │ a │\r├─────────┼───┤\r│ 0       │ 1 │\r└─────────┴───┘`,
      `<time> ${id}\tINFO\t100%`,
      'raw',
      '',
    ],
  );
});

test('a flood of output arrives whole, and before the answer', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `process.stdout.write(''); // puts the pipe into the mode in which writing to it may fail
        exports.handler = async () => { for (let i = 0; i < 40; i += 1) console.log('x'.repeat(100_000)); };`,
    },
  });
  await fn.invoke({});
  assert.equal((await fn.process.stop()).match(/x{100000}\n/g)?.length, 40);
});

test('the JSON log format filters by level and spells out errors', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' },
    files: {
      'index.js': `exports.handler = async () => {
          console.info('dropped'); console.warn({ a: 1 }); console.error('went %s', 'wrong', new RangeError('far'));
          const round = {}; round.round = round; console.error(round);
          throw new Error('thrown');
        };`,
    },
  });
  await fn.invoke({});
  const lines = (await fn.process.stop()).trimEnd().split('\n');
  const [object, text, circular, thrown] = lines.map((line) => {
    const { timestamp, ...rest } = JSON.parse(line) as { timestamp: string; [name: string]: unknown };
    assert.match(timestamp, /^\d{4}-.*\.\d{3}Z$/);
    return rest;
  });
  assert.deepEqual(object, { level: 'WARN', requestId: requestId(1), message: { a: 1 } });
  assert.partialDeepStrictEqual(text, { level: 'ERROR', errorType: 'RangeError', errorMessage: 'far' });
  assert.match(String(text?.message), /^went wrong RangeError: far/);
  assert.match(String(circular?.message), /Circular/);
  assert.partialDeepStrictEqual(thrown, { level: 'ERROR', message: { errorType: 'Error', errorMessage: 'thrown' } });
  assert.equal(lines.length, 4);
});
