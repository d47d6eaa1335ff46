import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordLog, type StreamRecord } from './record-log.ts';
import type { SequenceNumber } from './sequence-number.ts';

const record = (sequence: number, arrival: number, size = 1): StreamRecord => ({
  sequence: BigInt(sequence) as SequenceNumber,
  arrival,
  partitionKey: '',
  data: Buffer.alloc(size),
  isEncrypted: false,
});

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('append' as const), gap: fc.nat(3), wait: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trim' as const), to: fc.nat(120) }) },
);

test('it finds what a search through a list finds, however much was trimmed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.nat(250), fc.nat(120), (steps, sequence, time) => {
      const log = new RecordLog();
      let model: StreamRecord[] = [];
      let last = 0;
      let now = 0;
      for (const each of steps) {
        if (each.kind === 'append') {
          last += 1 + each.gap;
          now += each.wait;
          log.append(record(last, now));
          model.push(record(last, now));
        } else {
          log.trim(each.to);
          model = model.filter(({ arrival }) => arrival >= each.to);
        }
      }
      const wanted = BigInt(sequence);
      assert.equal(log.size, model.length);
      assert.deepEqual(log.last, model.at(-1));
      assert.deepEqual(
        log.from(wanted),
        model.find((each) => each.sequence >= wanted),
      );
      assert.deepEqual(
        log.before(wanted),
        model.findLast((each) => each.sequence < wanted),
      );
      assert.deepEqual(
        log.since(time),
        model.find(({ arrival }) => arrival >= time),
      );
      const rest = model.filter((each) => each.sequence >= wanted);
      assert.deepEqual(log.read(wanted, 5, 1000), rest.slice(0, 5));
    }),
  );
});

test('places of trimmed records are given back', () => {
  const log = new RecordLog();
  for (let at = 1; at <= 10_000; at += 1) {
    log.append(record(at, at));
    log.trim(at - 10);
  }
  assert.equal(log.size, 11);
  assert.deepEqual(
    log.read(0n, 3, 1000).map(({ sequence }) => sequence),
    [9990n, 9991n, 9992n],
  );
});

test('a read stops before it is too long, but has one record in any case', () => {
  const log = new RecordLog();
  for (const [at, size] of [400, 500, 200, 2000].entries()) log.append(record(at, 0, size));
  const sizes = (from: bigint) => log.read(from, 10, 1000).map(({ data }) => data.length);
  assert.deepEqual(sizes(0n), [400, 500]);
  assert.deepEqual(sizes(2n), [200]);
  assert.deepEqual(sizes(3n), [2000]);
});
