import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';
import { LogBuffer } from './log-buffer.ts';

const epoch = Date.UTC(2026, 0, 1);
const event = (message: string, at: number, functionName = 'greeter') => ({
  timestamp: milliseconds(epoch + at),
  logGroup: `/aws/lambda/${functionName}`,
  logStream: 'stream',
  functionName,
  message,
});
const messages = (buffer: LogBuffer, since: number, name?: string): string[] =>
  buffer.since(milliseconds(since), name).events.map(({ message }) => message);

test('events are given by function or for all, oldest first', () => {
  const buffer = new LogBuffer();
  buffer.append(event('a', 0));
  buffer.append(event('b', 1, 'other'));
  buffer.append(event('c', 2));
  assert.deepEqual(messages(buffer, 0, 'greeter'), ['a', 'c']);
  assert.deepEqual(messages(buffer, 0), ['a', 'b', 'c']);
  assert.deepEqual(messages(buffer, epoch), ['b', 'c']);
  assert.deepEqual(messages(buffer, 0, 'nobody'), []);
});

test('a reader that goes on where it stopped sees every event once, however many fall into one millisecond', () => {
  const script = fc.array(fc.constantFrom('same', 'later', 'read'), { maxLength: 60 });
  fc.assert(
    fc.property(script, (steps) => {
      const buffer = new LogBuffer();
      const written: string[] = [];
      const seen: string[] = [];
      let at = 0;
      let since: Milliseconds = milliseconds(0);
      const read = (): void => {
        const page = buffer.since(since, undefined);
        seen.push(...page.events.map(({ message }) => message));
        // Over the wire it is text.
        since = milliseconds(Number(String(page.next)));
      };
      for (const step of steps) {
        if (step === 'read') read();
        if (step === 'later') at += 1;
        if (step !== 'read') {
          written.push(`event ${written.length}`);
          buffer.append(event(`event ${written.length - 1}`, at, written.length % 2 === 0 ? 'greeter' : 'other'));
        }
      }
      read();
      assert.deepEqual(seen, written);
    }),
  );
});

test('a function that floods keeps only its latest events, and takes none from another', () => {
  const buffer = new LogBuffer();
  buffer.append(event('quiet', 0, 'quiet'));
  for (let at = 1; at <= 100; at += 1) buffer.append(event(`${at} ${'x'.repeat(100_000)}`, at));
  const kept = buffer.since(milliseconds(0), 'greeter').events;
  assert.ok(kept.length > 5 && kept.length <= 21);
  assert.match(kept.at(-1)?.message ?? '', /^100 /);
  assert.deepEqual(messages(buffer, 0, 'quiet'), ['quiet']);
});

test('a watcher hears of new events until it is disposed', () => {
  const buffer = new LogBuffer();
  const heard: string[] = [];
  const watch = buffer.watch(({ message }) => heard.push(message));
  buffer.append(event('a', 0));
  watch[Symbol.dispose]();
  buffer.append(event('b', 0));
  assert.deepEqual(heard, ['a']);
});
