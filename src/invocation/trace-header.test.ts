import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { systemRandom } from '../kernel/random.ts';
import { lineageOf, readTraceHeader, rootHeaderOf, traceHeaderOf } from './trace-header.ts';

const random: Random = {
  uuid: () => '',
  hex: (bytes) => '0123456789abcdef'.repeat(4).slice(0, bytes * 2),
  fraction: () => 0,
};
const now = milliseconds(0x6955_b900 * 1000 + 999);
const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:greeter';
const headerOf = (given: string | undefined): string => traceHeaderOf(given, arn, now, random);
const root = '1-67891233-abcdef012345678912345678';

test("a caller's header with a root is passed on, with one function more in its lineage", () => {
  const given = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`;
  assert.equal(headerOf(given), `${given};Lineage=${lineageOf(undefined, arn)}`);
  assert.equal(headerOf(`${given};Lineage=3:0badcafe:1`), `${given};Lineage=4:0badcafe:1`);
  const older = `${given};Lineage=0badcafe:1|12345678:0`;
  assert.equal(headerOf(older), older);
});

test('without one there is a new trace: the second of its begin, 96 bits, a parent of 64, not sampled', () => {
  const made = 'Root=1-6955b900-0123456789abcdef01234567;Parent=89abcdef01234567;Sampled=0;Lineage=1:';
  for (const given of [undefined, '', 'Sampled=1', 'Root=\n', `Root=${'x'.repeat(1024)}`, 'Root=é']) {
    assert.match(headerOf(given), new RegExp(`^${made}[0-9a-f]{8}:0$`));
  }
});

test('a header that decides nothing is completed: not sampled', () => {
  assert.match(headerOf(`Root=${root}`), new RegExp(`^Root=${root};Parent=0123456789abcdef;Sampled=0;Lineage=`));
  assert.match(headerOf(`Root=${root};Parent=53995c3f42cd8ad8`), /Parent=53995c3f42cd8ad8;Sampled=0;Lineage=/);
});

test('a front door begins a trace and decides nothing', () => {
  assert.equal(rootHeaderOf(undefined, now, random), 'Root=1-6955b900-0123456789abcdef01234567');
  assert.equal(rootHeaderOf('Root=x;Sampled=1', now, random), 'Root=x;Sampled=1');
});

test('what a header says is read in any order, and only from a root of the right form', () => {
  const read = readTraceHeader(`Sampled=0; Parent=53995c3f42cd8ad8;Self=1-2-3;Root=${root};Lineage=2:0badcafe:0`);
  assert.deepEqual(read, { root, parent: '53995c3f42cd8ad8', sampled: false, lineage: '2:0badcafe:0' });
  assert.deepEqual(readTraceHeader(`Root=${root};Sampled=?`), {
    root,
    parent: undefined,
    sampled: undefined,
    lineage: undefined,
  });
  for (const given of [undefined, 'Root=1-2-3', `root=${root}`, `Root=${root}0`]) {
    assert.equal(readTraceHeader(given), undefined);
  }
});

test('a lineage counts the functions of a chain, and how often its first was called again', () => {
  const first = lineageOf(undefined, arn);
  assert.match(first, /^1:[0-9a-f]{8}:0$/);
  const second = lineageOf(first, `${arn}-2`);
  assert.equal(second, first.replace(/^1/, '2'));
  assert.equal(lineageOf(second, arn), first.replace(/^1(.*)0$/, '3$11'));
});

test('whatever the caller sends, what the runtime gets fits into one header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `Root=${text}`),
      ),
      (given) => {
        assert.match(traceHeaderOf(given, arn, now, systemRandom), /^(?=.*Root=)[\x20-\x7e]{1,1100}$/);
      },
    ),
  );
});
