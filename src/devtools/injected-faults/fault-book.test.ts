import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../../test/kit/sample-version.ts';
import type { FaultEffect, FaultScope } from '../../invocation/fault-wish.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { FaultBook } from './fault-book.ts';

const version = sampleVersion();
const anywhere: FaultScope = {
  functionName: 'greeter',
  account: undefined,
  region: undefined,
  qualifier: undefined,
};
const error = (errorMessage: string): FaultEffect => ({ kind: 'function-error', errorType: 'Error', errorMessage });
const throttle: FaultEffect = { kind: 'throttle', reason: 'CallerRateLimitExceeded' };

function openBook() {
  const clock = new VirtualClock();
  const book = new FaultBook({ clock, random: systemRandom });
  const add = (effect: FaultEffect, count = 1, scope: Partial<FaultScope> = {}) =>
    book.add({ effect, count, scope: { ...anywhere, ...scope } });
  return { clock, book, add, next: (qualifier?: string) => book.befalls(version, qualifier) };
}

test('an empty book befalls nobody', () => {
  const { book, next } = openBook();
  assert.equal(next(), undefined);
  assert.equal(book.initDelay(version), undefined);
});

test('one of each kind befalls an invocation; of the same kind the first that was asked for', () => {
  const { add, next, book } = openBook();
  add(error('first'));
  add(error('second'));
  add({ kind: 'cold-start' });
  add({ kind: 'latency', delay: milliseconds(5) });
  const mishap = next();
  assert.partialDeepStrictEqual(mishap, { latency: 5, refusal: undefined, coldStart: true });
  assert.match(mishap?.failure?.payload.toString() ?? '', /first/);
  assert.match(next()?.failure?.payload.toString() ?? '', /second/);
  assert.equal(next(), undefined);
  assert.deepEqual(book.faults, []);
});

test('what an invocation does not get to is left for the next', () => {
  const { add, next } = openBook();
  add(error('later'));
  add({ kind: 'cold-start' });
  add(throttle, 2);
  add({ kind: 'service-error', errorMessage: 'down' });
  for (const refusal of [
    { kind: 'throttle', reason: 'CallerRateLimitExceeded' },
    { kind: 'throttle', reason: 'CallerRateLimitExceeded' },
    { kind: 'service-error', message: 'down' },
  ]) {
    assert.deepEqual(next(), { latency: undefined, refusal, coldStart: false, failure: undefined });
  }
  assert.partialDeepStrictEqual(next(), { coldStart: true, failure: { errorType: 'Error' } });
});

test('a fault concerns only whom it is for', () => {
  const { add, next, book } = openBook();
  add(throttle, 1, { functionName: 'other' });
  add(throttle, 1, { region: 'us-west-2' });
  add(throttle, 1, { account: '999999999999' });
  add(throttle, 1, { qualifier: 'live' });
  assert.equal(next(), undefined);
  assert.notEqual(next('live'), undefined);
  assert.equal(
    book.remove(({ scope }) => scope.functionName === 'greeter'),
    2,
  );
  assert.equal(book.faults.length, 1);
});

test('init phases are delayed one by one, whatever invocations meet', () => {
  const { add, book, next } = openBook();
  add({ kind: 'init-delay', delay: milliseconds(50) }, 2);
  assert.equal(next(), undefined);
  assert.deepEqual(
    [1, 2, 3].map(() => book.initDelay(version)),
    [50, 50, undefined],
  );
});

test('who waits is let go when the daemon ends', async () => {
  const { book, clock } = openBook();
  const [short, long] = [book.wait(milliseconds(10)), book.wait(milliseconds(10_000))];
  clock.advance(milliseconds(10));
  assert.equal(await short, true);
  book[Symbol.dispose]();
  assert.equal(await long, false);
  assert.equal(clock.waiting, 0);
});
