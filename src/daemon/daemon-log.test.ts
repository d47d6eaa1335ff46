import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { createDaemonLog, type DaemonLogOptions } from './daemon-log.ts';

async function logInto(options: Partial<DaemonLogOptions> = {}) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const clock = new VirtualClock();
  const log = await createDaemonLog({ level: 'info', format: 'text', colours: false, clock, write, ...options });
  return { lines, log };
}

test('a text line holds time, level, message and fields', async () => {
  const { lines, log } = await logInto();
  log.info('function created', { function: 'hello', size: 12, note: 'two words', nothing: undefined });
  assert.deepEqual(lines, [
    '2026-01-01T00:00:00.000Z INFO  function created function=hello size=12 note="two words"\n',
  ]);
});

test('a terminal gets a short time and colours', async () => {
  const { lines, log } = await logInto({ colours: true });
  log.warn('careful');
  assert.deepEqual(lines, ['\x1b[2m00:00:00.000\x1b[0m \x1b[33mWARN \x1b[0m careful\n']);
});

test('lines below the level are left out', async () => {
  for (const format of ['text', 'json'] as const) {
    const { lines, log } = await logInto({ level: 'warn', format });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    assert.equal(lines.length, 2);
  }
});

test('an error shows its message, and its stack only in detail', async () => {
  const { lines, log } = await logInto();
  log.error('failed', { error: new Error('no room') });
  assert.match(lines.join(''), / ERROR failed error="no room"\n$/);
  const detailed = await logInto({ level: 'debug' });
  detailed.log.error('failed', { error: new Error('no room') });
  assert.match(detailed.lines.join(''), /error="Error: no room\\n +at /);
});

test('a JSON line is one object with time, level, message and fields', async () => {
  const { lines, log } = await logInto({ format: 'json' });
  log.info('function created', { function: 'hello', error: new Error('no room') });
  const { error, ...rest } = JSON.parse(lines.join(''));
  assert.deepEqual(rest, {
    level: 'info',
    time: '2026-01-01T00:00:00.000Z',
    function: 'hello',
    message: 'function created',
  });
  assert.equal(error.message, 'no room');
});

test('nothing that is logged can start a line of its own', async () => {
  const { lines, log } = await logInto();
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (message, value) => {
      lines.length = 0;
      log.info(message, { value });
      assert.match(lines.join(''), /^[^\n\r\u2028\u2029]*\n$/);
    }),
  );
});
