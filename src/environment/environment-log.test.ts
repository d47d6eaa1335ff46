import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { RecordedLog } from '../../test/kit/recorded-log.ts';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { EnvironmentLog } from './environment-log.ts';

function open() {
  const sink = new RecordedLog();
  const clock = new VirtualClock();
  const log = new EnvironmentLog(sampleVersion(), '0123456789abcdef0123456789abcdef', sink, clock, undefined);
  return { sink, clock, log };
}

test('each line is an event of the function, with group, stream and time', () => {
  const { sink, clock, log } = open();
  clock.advance(milliseconds(1500));
  log.output(Buffer.from('hello\nwor'));
  assert.deepEqual(sink.events, [
    {
      timestamp: Date.UTC(2026, 0, 1, 0, 0, 1, 500),
      logGroup: '/aws/lambda/greeter',
      logStream: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
      functionName: 'greeter',
      message: 'hello',
    },
  ]);
});

test('output that arrives in the same turn, after the answer, still stands before what closes the invocation', async () => {
  const { sink, log } = open();
  log.line('START');
  log.afterOutput(() => log.line('END'));
  log.output(Buffer.from('written before the answer, read after it'));
  await turn();
  assert.deepEqual(sink.lines, ['START', 'written before the answer, read after it', 'END']);
});

test('the next invocation closes the one before, once', async () => {
  const { sink, log } = open();
  log.afterOutput(() => log.line('END a'));
  log.settle();
  log.line('START b');
  log.afterOutput(() => log.line('END b'));
  log.settle();
  await turn();
  assert.deepEqual(sink.lines, ['END a', 'START b', 'END b']);
});

test('the end of the process leaves no unfinished line and no unclosed invocation', async () => {
  const { sink, log } = open();
  log.output(Buffer.from('unfini'));
  log.afterOutput(() => log.line('END'));
  log.output(Buffer.from('shed'));
  log.flush();
  log.output(Buffer.from('more'));
  log.flush();
  await turn();
  assert.deepEqual(sink.lines, ['unfinished', 'END', 'more']);
});

test('the tail holds what was logged between its begin and its end', () => {
  const { log } = open();
  log.line('before');
  log.beginTail();
  log.line('START');
  log.output(Buffer.from('hello\n'));
  assert.equal(log.endTail().toString(), 'START\nhello\n');
  log.line('after');
  assert.equal(log.endTail().length, 0);
});
