import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { systemRandom } from '../kernel/random.ts';
import { traceHeaderOf } from './trace-header.ts';

const random: Random = {
  uuid: () => '',
  hex: (bytes) => '0123456789abcdef'.repeat(4).slice(0, bytes * 2),
  fraction: () => 0,
};
const now = milliseconds(0x6955_b900 * 1000 + 999);

test("a caller's header with a root is passed on as it is", () => {
  const given = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:0';
  assert.equal(traceHeaderOf(given, now, random), given);
});

test('without one there is a new trace: the second of its begin, 96 bits, a parent of 64, not sampled', () => {
  const made = 'Root=1-6955b900-0123456789abcdef01234567;Parent=89abcdef01234567;Sampled=0';
  for (const given of [undefined, '', 'Sampled=1', 'Root=\n', `Root=${'x'.repeat(1024)}`, 'Root=é']) {
    assert.equal(traceHeaderOf(given, now, random), made);
  }
});

test('whatever the caller sends, what the runtime gets fits into one header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `Root=${text}`),
      ),
      (given) => {
        assert.match(traceHeaderOf(given, now, systemRandom), /^(?=.*Root=)[\x20-\x7e]{1,1024}$/);
      },
    ),
  );
});
